import { expect, test } from 'vitest'
import { HandshakeRefused, type RawClient } from '../harness/raw-client.ts'
import { awsWorld } from '../harness/world.ts'

// Several functions at a time, and a rate that nobody here comes to: how many sockets are open is what is counted.
const { api, connect, deployment, guest, socket } = await awsWorld({ PARLEY_RATE: '200', PARLEY_CONCURRENCY: '4' })

const minute = 60_000

test('[L7] of more sockets at once than a user may have, as many stay as it may', async () => {
  const person = await guest()
  const attempts = await Promise.all(Array.from({ length: 58 }, () => socket(person).catch((error: unknown) => error)))
  const refused = attempts.filter((one) => one instanceof HandshakeRefused)
  expect(refused.map(({ status }) => status)).toEqual(Array(8).fill(429))
  const clients = attempts.filter((one) => !(one instanceof HandshakeRefused)) as readonly RawClient[]
  expect((await clients[0]?.ask('welcome', { action: 'hello', v: 1 }))?.me.id).toBe(person.user.id)
  await clients[1]?.close()
  await expect.poll(() => socket(person).then(Boolean, () => false), { timeout: 10_000 }).toBe(true)
  await expect(socket(person)).rejects.toThrow()
})

test('[L9] a connection that says no hello is closed in four heartbeats, whatever else it says', async () => {
  const { heartbeat } = (await connect(await guest())).welcome
  const [silent, talking] = [await socket(await guest()), await socket(await guest(), { anyRef: true })]
  let passed = 0
  const pass = async (minutes: number): Promise<void> => {
    await deployment.advance(minutes * minute)
    passed += minutes * 60
  }
  await pass(5)
  talking.tell({ action: 'ping' })
  await talking.heard('error')
  await pass(6)
  expect((await silent.closed).code).toBe(1001)
  talking.tell({ action: 'ping' })
  await talking.heard('error')
  await pass(4)
  // The gateway's own code where a function asks it to close.
  expect((await talking.closed).code).toBe(1000)
  expect(passed).toBeLessThanOrEqual(4 * heartbeat)
  expect((await api.call('GET /api/health')).status).toBe('ok')
})
