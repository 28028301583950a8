import { expect, test } from 'vitest'
import { seat } from '../harness/command.ts'
import { seed } from '../harness/seed.ts'
import { nodeWorld } from '../harness/world.ts'

// The assistant takes its time to show how it writes; its server's clock runs fast.
const { deployment } = await nodeWorld({}, { clock: 5 })

test('[D4][V2][T2] parley verify says so of what guests can see, and ends with 0', async () => {
  const { run } = await seat(deployment.url)
  const words = ['verify', '--guests', '--clients', '3', '--messages', '10', '--seed', `${seed % 1e9}`, '--json']
  const { code, out, err } = await run(words)
  expect([code, err.split('\n')[0]]).toEqual([0, `Verifying ${deployment.url}, --seed ${seed % 1e9}`])
  expect(JSON.parse(out)).toMatchObject({ violations: [], as: 'guests', remains: expect.any(Array) })
})
