import type { Down } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { tenAtATime } from '../harness/ten-at-a-time.ts'
import { awsWorld, type Client, say } from '../harness/world.ts'
import { synced } from './insist.ts'

const { deployment, guest, connect, member, room } = await awsWorld()

const second = 1000
/** More than one function posts to by itself. */
const crowdSize = 55

/** Lets so much time go by, in which everybody gives the signs of life that a client gives. */
const pass = async (ms: number, clients: readonly Client[]): Promise<void> => {
  for (let left = ms; left > 0; left -= 30 * second) {
    await deployment.advance(Math.min(left, 30 * second))
    await Promise.all(clients.map((client) => client.ask('pong', { action: 'ping' })))
  }
}

describe('in a room of more connections than one function posts to', async () => {
  const ada = await member()
  const place = await room('public', ada)
  const person = await guest()
  const first = await connect(person)
  await first.ask('room', { action: 'join', room: place })
  const crowd = [first, ...(await tenAtATime(crowdSize, () => connect(person)))]

  test('everybody hears all, though workers die, posts are refused, and the queue doubles and reorders', async () => {
    await deployment.setFaults({
      // Each worker has more than twice as many posts to make: all of these die.
      dieEvery: 25,
      dieIn: 'FanOut',
      deaths: 3,
      throttleChance: 0.05,
      doubleChance: 0.5,
      delayMs: 300,
    })
    const said: Down<'message'>['message'][] = []
    for (let index = 0; index < 6; index += 1) said.push(await say(ada, place, `message ${index}`))
    const lacks = (client: Client): boolean =>
      said.some(({ id }) => client.waiting('message', ({ message }) => message.id === id).length === 0)
    // What a worker held that died comes again when its time is over: 90 s.
    for (let round = 0; round < 5 && crowd.some(lacks); round += 1) await pass(90 * second, [ada, ...crowd])
    for (const client of crowd) {
      for (const { id } of said) await client.heard('message', ({ message }) => message.id === id)
    }
    expect(await deployment.deaths()).toBe(3)
    expect(await synced(ada, place)).toEqual(said)
  })
})
