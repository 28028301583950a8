import { expect, test } from 'vitest'
import { awsWorld, say } from '../harness/world.ts'
import { synced } from './insist.ts'

const { deployment, connect, visitor, member, room } = await awsWorld()

const minute = 60_000

test('who says nothing for ten minutes is closed, and catches up on what was said', async () => {
  const [ada, bo] = [await member(), await visitor()]
  const place = await room('private', ada, bo)
  const said = [await say(ada, place, 'while there')]
  await bo.heard('message')
  await deployment.advance(10 * minute)
  await Promise.all([ada.closed, bo.closed])
  const again = await connect(ada.person)
  said.push(await say(again, place, 'while away'))
  const back = await connect(bo.person)
  expect(await synced(back, place, said[0]?.rev)).toEqual(said.slice(1))
  said.push(await say(again, place, 'after'))
  expect((await back.heard('message')).message).toEqual(said[2])
})

test('who gives signs of life is closed after two hours all the same; who opens the next socket before misses nothing', async () => {
  const [ada, bo] = [await member(), await visitor()]
  const place = await room('private', ada, bo)
  /** Lets so many minutes go by, in each of which these give a sign of life. */
  const live = async (minutes: number, ...clients: readonly Pick<typeof bo, 'ask'>[]): Promise<void> => {
    for (let passed = 0; passed < minutes; passed += 1) {
      await deployment.advance(minute)
      for (const client of clients) await client.ask('pong', { action: 'ping' })
    }
  }
  await live(115, ada, bo)
  const said = [await say(ada, place, 'at the end of the first')]
  const [ada2, bo2] = [await connect(ada.person), await connect(bo.person)]
  await live(3, ada, bo, ada2, bo2)
  said.push(await say(ada, place, 'to both'))
  await live(4, ada2, bo2)
  expect((await Promise.all([ada.closed, bo.closed])).map(({ code }) => code)).toEqual([1001, 1001])
  said.push(await say(ada2, place, 'to the second'))
  for (const { id } of said.slice(0, 2)) await bo.heard('message', ({ message }) => message.id === id)
  for (const { id } of said.slice(1)) await bo2.heard('message', ({ message }) => message.id === id)
  expect(await synced(bo2, place)).toEqual(said)
})
