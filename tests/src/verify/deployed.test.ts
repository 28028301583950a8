import { expect, test } from 'vitest'
import { openHost } from '../../../apps/cli/src/verify/host.ts'
import type { VerifyOptions } from '../../../apps/cli/src/verify/play.ts'
import { verify } from '../../../apps/cli/src/verify/verify.ts'
import { behindGateway } from '../harness/gateway.ts'
import { seed } from '../harness/seed.ts'
import { awsWorld, nodeWorld } from '../harness/world.ts'

const { deployment, account } = behindGateway() ? await awsWorld() : await nodeWorld()

/** Kills the server in the midst of everything; clients find it where it was. */
const restart: VerifyOptions['restart'] = async () => {
  const { port } = new URL(deployment.url)
  await deployment.kill()
  await deployment.restart({ PORT: port })
}

test('[D1][D2][D3][D4][W8][R11][V2][C3][C4] on a bad network, and over deaths, all promises are kept', async () => {
  const server = deployment.url
  const host = await openHost(server, { token: (await account('admin')).token })
  const canDie = !behindGateway()
  // Making an account is not said again after a fault, so no function dies here; other tests let them die.
  if ('setFaults' in deployment) await deployment.setFaults({ throttleChance: 0.1, doubleChance: 0.3, delayMs: 50 })
  const report = await verify({
    server,
    host,
    seed,
    clients: canDie ? 4 : 3,
    messages: canDie ? 60 : 24,
    durationMs: Number.POSITIVE_INFINITY,
    restart: canDie ? restart : undefined,
    restarts: 2,
    patienceMs: 15_000,
    keep: false,
    tell: () => {},
  })
  expect(report).toMatchObject({ violations: [], history: [], as: 'accounts', restarts: canDie ? 2 : 0 })
  expect(report.messages).toBeGreaterThanOrEqual(20)
})
