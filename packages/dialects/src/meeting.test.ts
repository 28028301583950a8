import { isRefusal } from '@parley/core'
import type { MessageId, RoomId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { general, type Player, type Stage, stage } from './testing/stage.ts'

const den = 'den' as RoomId

const enterAll = async (world: Stage): Promise<readonly Player[]> => {
  const players = [
    await world.enter('broadcast'),
    await world.enter('cloud-week'),
    await world.enter('rooms', 'user_id=test&room_id=general'),
    await world.enter('lambdasharp'),
  ]
  await players[1]?.say('{"action":"setName","name":"Ana"}')
  for (const player of players) player.heard()
  return players
}
const heardBy = (players: readonly Player[]) => players.map((player) => player.heard())
const silence = [[], [], [], []]

const put = (world: Stage, text: string) =>
  world.http.request('/compat/rooms/chat', {
    method: 'PUT',
    body: JSON.stringify({ room_id: 'general', text, user_id: 7, name: 'Caio' }),
  })
const rowsIn = async (world: Stage) =>
  (await (await world.http.request('/compat/rooms/chat?room_id=general')).json()) as {
    message: string
    user_id: number
    name: string
  }[]

describe('clients of older systems', () => {
  test('hear nothing of a private room, even if their guest is invited into it', async () => {
    const world = await stage()
    const players = await enterAll(world)
    await world.chat.execute(world.zoe.actor, { action: 'create', room: den, kind: 'private' })
    for (const { connection } of players) {
      const invited = await world.chat.execute(world.zoe.actor, { action: 'invite', room: den, user: connection.user })
      expect(isRefusal(invited)).toBe(false)
    }
    await world.speak('a secret', den)
    expect(heardBy(players)).toEqual(silence)
    await world.speak('no secret')
    expect(heardBy(players).map(({ length }) => length)).toEqual([0, 1, 1, 1])
  })

  test('are told of a message once, when it is said whole', async () => {
    const world = await stage()
    const players = await enterAll(world)
    const id = await world.speak('first')
    heardBy(players)
    const { actor } = world.zoe
    await world.chat.execute(actor, { action: 'send', room: general, id, text: 'first' })
    await world.chat.execute(actor, { action: 'edit', room: general, id, text: 'second' })
    await world.chat.execute(actor, { action: 'react', room: general, id, emoji: '👍', on: true })
    await world.chat.execute(actor, { action: 'delete', room: general, id })
    expect(heardBy(players)).toEqual(silence)
    await world.speak('@assistant hello')
    heardBy(players)
    await world.answer('')
    expect(heardBy(players)).toEqual(silence)
  })

  test('and a reply to a message that was typed as HTML is the bot’s own', async () => {
    const world = await stage()
    await put(world, '@assistant <b>hello</b>')
    await world.answer('1 < 2')
    expect(await rowsIn(world)).toMatchObject([
      { message: '@assistant <b>hello</b>', user_id: 7, name: 'Caio' },
      { message: '1 &lt; 2', user_id: 0, name: 'assistant' },
    ])
  })

  test('fetch what was edited as it now stands, and not what was deleted or is being made', async () => {
    const world = await stage()
    await put(world, '<b>before</b>')
    const page = await world.chat.execute(world.zoe.actor, { action: 'history', room: general })
    if (isRefusal(page)) throw new Error(page.message)
    const { id, from } = page.messages[0] as { id: MessageId; from: { id: typeof world.zoe.id } }
    const author = { ...world.zoe.actor, user: from.id }
    await world.chat.execute(author, { action: 'edit', room: general, id, text: 'after' })
    expect(await rowsIn(world)).toMatchObject([{ message: 'after', user_id: 7 }])
    const gone = await world.speak('gone')
    await world.chat.execute(world.zoe.actor, { action: 'delete', room: general, id: gone })
    await world.speak('@assistant slowly')
    const job = world.jobs.kept.at(-1)
    if (job?.kind !== 'reply') throw new Error('nobody was asked')
    const start = { action: 'begin-reply', room: general, prompt: job.prompt, asker: job.asker } as const
    await world.chat.execute({ kind: 'service', user: job.bot }, start)
    expect((await rowsIn(world)).map(({ message }) => message)).toEqual(['after', '@assistant slowly'])
  })

  test('that ask the model get one answer each, also when it was stopped, or is asked for again by others', async () => {
    const world = await stage()
    await world.person('Eve')
    const body = JSON.stringify({ username: 'Eve', password: 'password of Eve' })
    const login = await world.http.request('/compat/prompt/login', { method: 'POST', body })
    const { token } = ((await login.json()) as { body: { token: string } }).body
    const eve = await world.enter('prompt', `token=Bearer%20${token}`)
    const say = (msgid: string) =>
      eve.say(JSON.stringify({ action: 'sendprompt', payload: { msgid, prompt: 'hello', params: {} } }))
    await say('id-1')
    await world.answer('', 'stopped')
    expect(eve.heard()).toEqual(['{"msgid":"id-1","text":"The answer was stopped."}'])
    await say('id-2')
    await world.answer('One.')
    expect(eve.heard()).toEqual(['{"msgid":"id-2","text":"One."}'])
    const { user, session } = eve.connection
    const room = world.jobs.kept.at(-1)?.room as RoomId
    const actor = { kind: 'user', user, session } as const
    const page = await world.chat.execute(actor, { action: 'history', room })
    if (isRefusal(page)) throw new Error(page.message)
    const reply = page.messages.at(-1)?.id as MessageId
    await world.chat.execute(actor, { action: 'react', room, id: reply, emoji: '👍', on: true })
    expect(isRefusal(await world.chat.execute(actor, { action: 'retry', room, id: reply }))).toBe(false)
    await world.answer('Two.')
    expect(eve.heard()).toEqual([])
  })
})
