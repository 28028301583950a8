import type { Down, RoomId } from '@parley/protocol'
import { expect, test } from 'vitest'
import { heldAndFresh, libraryClient } from '../harness/library.ts'
import { provider } from '../harness/model.ts'
import { type Client, newId, nodeWorld, type Person, say } from '../harness/world.ts'

const model = await provider()
const world = await nodeWorld(model.settings, { clock: 1 })
const { deployment, guest, member, connect, room } = world

/** After a death the clock runs faster, so that a lease is soon over; and clients find it where it was. */
const again = { PARLEY_TEST_SPEED: '20', PORT: new URL(deployment.url).port }

const all = async (client: Client, place: RoomId) =>
  (await client.ask('page', { action: 'history', room: place, limit: 200 })).messages

/** A reader with the library, which comes back by itself, and what it holds of the reply in a room. */
const reader = async (person: Person, place: RoomId) => {
  const own = libraryClient(deployment.url, person)
  await own.client.start()
  own.client.open(place)
  return { ...own, reply: () => own.client.state.rooms.get(place)?.window.messages.at(-1) }
}

test('[T8][U1] kill -9 in the middle of a reply: it is made anew, once, and all readers end with its text', async () => {
  const ada = await member()
  const bo = await guest()
  const place = await room('private', ada, await connect(bo))
  const speaking = model.next()
  const prompt = await say(ada, place, '@assistant a story')
  const { say: speak } = await speaking
  speak('Once upon')
  const { id } = await ada.heard('delta')
  const held = await reader(bo, place)
  await held.until('the beginning', () => held.reply()?.text === 'Once upon')

  await deployment.kill()
  const secondTry = model.next()
  await deployment.restart(again)
  const second = await secondTry
  await held.until('it is empty', () => held.reply()?.text === '' && held.reply()?.streaming === true)
  second.say('There was')
  await held.until('the new beginning', () => held.reply()?.text === 'There was')
  second.say(' a ship.')
  second.end()
  await held.until('the end', () => held.reply()?.ended === 'done')

  const back = await connect(ada.person)
  const messages = await all(back, place)
  expect(messages).toMatchObject([{ id: prompt.id }, { id, text: 'There was a ship.', ended: 'done' }])
  const { held: own, fresh } = await heldAndFresh(world.api, held.client, bo.token)
  expect(own.map((one) => one.messages)).toEqual(fresh.map((one) => one.messages))
})

test('[T8] kill -9 again in the middle of the second try: it is ended as interrupted', async () => {
  const ada = await connect((await member()).person)
  const place = await room('private', ada)
  let speaking = model.next()
  await say(ada, place, '@assistant a story')
  let client = ada
  for (const attempt of ['first', 'second']) {
    const { say: speak } = await speaking
    speak(`The ${attempt} attempt`)
    await client.heard('delta')
    speaking = model.next()
    await deployment.kill()
    await deployment.restart(again)
    client = await connect(ada.person)
  }
  const { message } = await client.heard('message', (frame) => frame.message.ended !== undefined)
  expect(message).toMatchObject({ text: 'The second attempt', ended: 'interrupted' })
  expect(await all(client, place)).toHaveLength(2)
})

test('two replies in one room at the same time do not mix', async () => {
  const [ada, bo] = [await connect(await guest()), await connect(await guest())]
  const place = await room('private', await member(), ada, bo)
  const ask = async (client: Client) => {
    const speaking = model.next()
    const { id } = await say(client, place, '@assistant go')
    return { ...(await speaking), prompt: id }
  }
  const [first, second] = [await ask(ada), await ask(bo)]
  for (let count = 0; count < 20; count += 1) {
    first.say(`a${count} `)
    second.say(`b${count} `)
  }
  second.end()
  first.end()
  const ended = async (prompt: string): Promise<Down<'message'>['message']> =>
    (await ada.heard('message', ({ message }) => message.replyTo === prompt && message.ended === 'done')).message
  const text = (letter: string) => Array.from({ length: 20 }, (_, count) => `${letter}${count} `).join('')
  expect((await ended(first.prompt)).text).toBe(text('a'))
  expect((await ended(second.prompt)).text).toBe(text('b'))
})

test('[L6] of two hundred readers one that does not read keeps nobody waiting, and finds everything afterwards', async () => {
  const maker = await member()
  const people = await Promise.all(Array.from({ length: 20 }, () => guest()))
  const readers = await Promise.all(Array.from({ length: 200 }, (_, index) => connect(people[index % 20] as Person)))
  const place = await room('private', maker, ...readers.slice(0, 20))
  const [stalled, ...others] = readers as [Client, ...Client[]]
  stalled.pause()
  const speaking = model.next()
  await maker.ask('message', { action: 'send', room: place, id: newId(), text: '@assistant go' })
  const { say: speak, end } = await speaking
  let text = ''
  for (let piece = 0; piece < 10; piece += 1) {
    const more = `${piece} ${'한글'.repeat(500)}\n`
    speak(more)
    text += more
    await Promise.all(
      others.map((client) => client.heard('delta', ({ at, text: grown }) => at + grown.length === text.length)),
    )
  }
  end()
  await Promise.all(others.map((client) => client.heard('message', ({ message }) => message.ended === 'done')))
  stalled.resume()
  const { message } = await stalled.heard('message', (frame) => frame.message.ended === 'done')
  expect(message.text).toBe(text)
  await Promise.all(readers.map((client) => client.close()))
})
