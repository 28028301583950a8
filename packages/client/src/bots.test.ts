import type { Command } from '@parley/core'
import type { MessageId, RoomId } from '@parley/protocol'
import { expect, test } from 'vitest'
import { botStage } from './testing/bot-stage.ts'

const room = 'general' as RoomId

/** The same with a bot of the server, and its voice. */
const setUp = async () => {
  const stage = await botStage()
  const { chat, clock, people, prompt } = stage
  const house = await chat.person('House', { kind: 'bot', bot: { runs: 'here' } })
  const as = { kind: 'service', user: house.id } as const
  const voice = async (command: Command): Promise<unknown> => {
    const answer = await chat.chat.execute(as, command)
    await clock.pass(200)
    return answer
  }
  /** Says something in answer to Ada, as the whole of a reply or of the making that was asked for. */
  const answer = async (text: string): Promise<void> => {
    const run = chat.jobs.kept.flatMap((job) => (job.kind === 'reply' ? (job.run ?? []) : [])).at(-1)
    const asked = { room, prompt, asker: people.ada.id, ...(run !== undefined && { run }) }
    const begun = (await voice({ action: 'begin-reply', ...asked })) as { message: { id: MessageId }; run: number }
    const of = { room, id: begun.message.id, run: begun.run }
    await voice({ action: 'grow-reply', ...of, at: 0, text: text.slice(0, 3) })
    await voice({ action: 'end-reply', ...of, text, ended: 'done' })
  }
  const done = async <T>(act: Promise<T>): Promise<T> => {
    const [result] = await Promise.all([act, clock.pass(500)])
    return result
  }
  return { ...stage, voice, answer, done }
}

test('a reply is made again in its place, and its variants are shown to everybody', async () => {
  const { ada, bot, done, shown, answer } = await setUp()
  await answer('I am a bot.')
  const { id } = shown() ?? {}
  const heard: unknown[] = []
  bot.on('message', ({ message, change }) => heard.push([change, message.text]))
  bot.on('grown', ({ message }) => heard.push(['grown', message.text]))
  await done(ada.retryReply('general', String(id)))
  expect(shown()).toMatchObject({ id, text: '', streaming: true, variants: { index: 1, count: 2 } })
  await answer('Nobody.')
  expect(shown()).toMatchObject({ id, text: 'Nobody.', ended: 'done', variants: { index: 1, count: 2 } })
  await done(ada.showVariant('general', String(id), 0))
  expect(shown()).toMatchObject({ id, text: 'I am a bot.', variants: { index: 0, count: 2 } })
  expect(heard).toEqual([
    ['changed', ''],
    ['grown', 'Nob'],
    ['changed', 'Nobody.'],
    ['changed', 'I am a bot.'],
  ])
})

test('what bots do in a room is a fact of it', async () => {
  const { ada, bot, chat, clock, done, people } = await setUp()
  await done(ada.create('den', { kind: 'private' }))
  await done(ada.invite('den', people.bot.id))
  const den = await done(ada.set('den', { bot: { speaks: 'always', temperature: 0.2 } }))
  expect(den.bot).toMatchObject({ speaks: 'always', asks: 'everybody' })
  for (const { state } of [ada, bot]) expect(state.rooms.get('den')?.facts.bot).toEqual(den.bot)
  const { facts } = bot.state.rooms.get('den') ?? {}
  await chat.chat.execute(people.ada.actor, { action: 'set', room: 'den' as RoomId, bot: { temperature: 0.3 } })
  await clock.pass(200)
  expect(bot.state.rooms.get('den')?.facts).toBe(facts)
  await done(ada.set('den', { bot: { speaks: null } }))
  expect(bot.state.rooms.get('den')?.facts.bot?.speaks).toBe('mentioned')
})

test('a summary comes to the asker alone, and can be put away', async () => {
  const { ada, bot, chat, done, people, voice } = await setUp()
  const heard: unknown[] = []
  ada.on('note', ({ text, isGrowing }) => heard.push([text, isGrowing]))
  await done(ada.catchUp('general'))
  const id = chat.jobs.kept.flatMap((job) => (job.kind === 'catchup' ? job.note : [])).at(-1) as MessageId
  const say = (text: string, streaming: boolean) =>
    voice({ action: 'tell-note', user: people.ada.id, room, id, text, streaming })
  await say('You missed', true)
  await say('You missed little.', false)
  expect(heard).toEqual([
    ['You missed', true],
    ['You missed little.', false],
  ])
  expect(ada.state.notes.get('general')).toEqual([{ id, room, text: 'You missed little.', isGrowing: false }])
  expect(bot.state.notes.size).toBe(0)
  ada.dismiss('general', id)
  await say('You missed little.', false)
  expect(ada.state.notes.size).toBe(0)
})
