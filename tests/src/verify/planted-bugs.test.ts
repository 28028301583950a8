import { describe, expect, onTestFinished, test } from 'vitest'
import { openHost } from '../../../apps/cli/src/verify/host.ts'
import type { Report } from '../../../apps/cli/src/verify/report.ts'
import { verify } from '../../../apps/cli/src/verify/verify.ts'
import { plantedBugs } from './planted-bugs.ts'
import { type PlantedServer, plantedServer } from './planted-server.ts'

/** A short play, without much patience for what does not come. */
const look = async ({ url, token }: PlantedServer, restart?: () => Promise<void>): Promise<Report> =>
  verify({
    server: url,
    host: await openHost(url, { token }),
    seed: 1,
    clients: 4,
    messages: 60,
    durationMs: Number.POSITIVE_INFINITY,
    restart,
    restarts: 2,
    patienceMs: restart ? 5_000 : 500,
    keep: true,
    tell: () => {},
  })

test('nothing is found in a server without a fault', async () => {
  const server = await plantedServer()
  onTestFinished(server.dispose)
  expect(await look(server)).toMatchObject({ violations: [], history: [] })
})

describe.concurrent('is found: a server that', () => {
  test.for(plantedBugs)('$name', async ({ plant, rule }, { expect, onTestFinished }) => {
    const server = await plantedServer(plant)
    onTestFinished(server.dispose)
    const { violations, history } = await look(server)
    expect(violations.map((one) => one.rule)).toContain(rule)
    expect(history.length).toBeGreaterThan(0)
    expect(history.length).toBeLessThan(12)
  })

  test('has lost at its death what it had acknowledged', async ({ expect, onTestFinished }) => {
    const server = await plantedServer()
    onTestFinished(server.dispose)
    const { violations } = await look(server, server.forget)
    expect(violations.map((one) => one.rule)).toContain('D2')
  })
})
