import type { RoomBotChange, UserId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { assistantId, isMentioned, replyId } from './bots.ts'
import { accepted, type BotRoom, botRoom, service } from './testing/bot-room.ts'
import { facts, general, membership, messageId, roomId, userId } from './testing/samples.ts'

describe('a mention', () => {
  test.each([
    ['@assistant', 'assistant'],
    ['@assistant hi', 'assistant'],
    ['hi @assistant', 'assistant'],
    ['hi, @assistant!', 'assistant'],
    ['(@assistant)', 'assistant'],
    ['@ASSISTANT, hi', 'assistant'],
    ['@assistant', 'Assistant'],
    ['@Data Cat: hi', 'data cat'],
    ['zwei\n@zwölf', 'Zwölf'],
    ['@zwo\u0308lf hi', 'zwölf'],
    ['＠ａｓｓｉｓｔａｎｔ', 'assistant'],
    ['@assistants or @assistant?', 'assistant'],
    ['👋@assistant👋', 'assistant'],
    ['@a.b', 'a.b'],
    ['@c++', 'c++'],
  ])('%j calls %s', (text, name) => {
    expect(isMentioned(text, name)).toBe(true)
  })

  test.each([
    ['assistant', 'assistant'],
    ['@ assistant', 'assistant'],
    ['@assistants', 'assistant'],
    ['@assistant2', 'assistant'],
    ['@assistant_two', 'assistant'],
    ['@assistantö', 'assistant'],
    ['@assistant𝒳', 'assistant'],
    ['me@assistant', 'assistant'],
    ['𝒳@assistant', 'assistant'],
    ['7@assistant', 'assistant'],
    ['@assist', 'assistant'],
    ['@data', 'data cat'],
    ['', 'assistant'],
  ])('%j does not call %s', (text, name) => {
    expect(isMentioned(text, name)).toBe(false)
  })
})

describe('the id of a reply', () => {
  test('is a UUID, always the same for one prompt and bot, and for no others', async () => {
    const id = await replyId(messageId(1), userId(1))
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(await replyId(messageId(1), userId(1))).toBe(id)
    expect(await replyId(messageId(2), userId(1))).not.toBe(id)
    expect(await replyId(messageId(1), userId(2))).not.toBe(id)
  })
})

/** A room in which Ada speaks, where something is set for bots. */
const room = async (bot?: RoomBotChange) => {
  const chat = await botRoom()
  if (bot) await chat.ports.store.changeRoom(general, { bot })
  const client = await chat.connect(chat.ada)
  let number = 100
  /** The bots that are asked by a text. */
  const askedBy = async (text: string, more?: object): Promise<readonly UserId[]> => {
    number += 1
    return (await chat.say(client, number, text, more)).asked.map(({ bot }) => bot)
  }
  return { ...chat, client, askedBy }
}

const answers = async (chat: BotRoom & { client: Awaited<ReturnType<BotRoom['connect']>> }) =>
  (await chat.answer(chat.client, 1, 'an answer')).id

describe('who is asked', () => {
  test('[U1] a bot of this server that is mentioned, with what it needs to know', async () => {
    const { client, say, ada } = await room()
    const { message, asked } = await say(client, 1, 'what do you say, @Assistant?')
    expect(asked).toStrictEqual([
      {
        kind: 'reply',
        id: await replyId(message.id, assistantId),
        room: general,
        prompt: message.id,
        bot: assistantId,
        asker: ada.id,
      },
    ])
  })

  test('[U1] the same prompt again is the same job', async () => {
    const { client, say } = await room()
    const first = await say(client, 1, '@assistant hi')
    const again = await say(client, 1, '@assistant hi')
    expect(again.asked).toStrictEqual(first.asked)
  })

  test('[U1] all that are mentioned, but three at most', async () => {
    const { askedBy, bot } = await room()
    const ids = [await bot('one'), await bot('two'), await bot('three')]
    expect(await askedBy('@one, @three')).toStrictEqual([ids[0], ids[2]])
    expect(await askedBy('@one @two @three @assistant')).toHaveLength(3)
  })

  test('[U2] with nothing set only who is mentioned, also in a reply', async () => {
    const chat = await room()
    const replyTo = await answers(chat)
    expect(await chat.askedBy('hi')).toStrictEqual([])
    expect(await chat.askedBy('assistant?')).toStrictEqual([])
    expect(await chat.askedBy('why?', { replyTo })).toStrictEqual([])
    expect(await chat.askedBy('why, @assistant?', { replyTo })).toStrictEqual([assistantId])
    expect(await chat.askedBy('@nobody')).toStrictEqual([])
  })

  test('[U2] nobody where bots are off', async () => {
    const chat = await room()
    const replyTo = await answers(chat)
    await chat.ports.store.changeRoom(general, { bot: { speaks: 'off' } })
    expect(await chat.askedBy('@assistant hi')).toStrictEqual([])
    expect(await chat.askedBy('why?', { replyTo })).toStrictEqual([])
  })

  test('[U2] who is replied to, where that is set; who is mentioned comes first', async () => {
    const chat = await room({ speaks: 'replied' })
    const other = await chat.bot('other')
    const replyTo = await answers(chat)
    expect(await chat.askedBy('why?', { replyTo })).toStrictEqual([assistantId])
    expect(await chat.askedBy('what do you say, @other?', { replyTo })).toStrictEqual([other])
    expect(await chat.askedBy('why?')).toStrictEqual([])
    await chat.askedBy('a message of Ada herself')
    expect(await chat.askedBy('well', { replyTo: messageId(1) })).toStrictEqual([])
  })

  test('[U2] the bot of the room by everything, where that is set', async () => {
    const { askedBy, bot, ports } = await room({ speaks: 'always' })
    const other = await bot('other')
    expect(await askedBy('hi')).toStrictEqual([assistantId])
    expect(await askedBy('hi, @other')).toStrictEqual([other])
    await ports.store.changeRoom(general, { bot: { bot: other } })
    expect(await askedBy('hi')).toStrictEqual([other])
    expect(await askedBy('hi, @assistant')).toStrictEqual([assistantId])
    await ports.store.changeUser(other, { banned: true })
    expect(await askedBy('hi')).toStrictEqual([])
    expect(await askedBy('hi, @other')).toStrictEqual([])
  })

  test('[U2] bots of a direct room by everything that is said there, whatever is set', async () => {
    const { client, chat, jobs, ports, ada, bea, bot } = await room()
    const other = await bot('other')
    const open = async (people: readonly UserId[]) =>
      accepted(await chat.execute(ada.actor, { action: 'direct', with: [...people] })).room.id
    const [withOne, withTwo, withNone] = [
      await open([other]),
      await open([bea.id, assistantId, other]),
      await open([bea.id]),
    ]
    const askedIn = async (place: typeof general, text: string) => {
      const before = jobs.kept.length
      await client.say({ action: 'send', room: place, id: crypto.randomUUID(), text })
      return jobs.kept.slice(before).map((job) => job.kind === 'reply' && job.bot)
    }
    expect(await askedIn(withOne, 'hi')).toStrictEqual([other])
    expect(await askedIn(withTwo, 'hi')).toStrictEqual([assistantId, other].sort())
    expect(await askedIn(withTwo, '@other hi')).toStrictEqual([other])
    expect(await askedIn(withOne, '@assistant hi')).toStrictEqual([other])
    expect(await askedIn(withNone, 'hi')).toStrictEqual([])
    await ports.store.changeRoom(withOne, { bot: { speaks: 'off' } })
    expect(await askedIn(withOne, 'hi')).toStrictEqual([other])
  })

  test('programs from outside and webhooks are asked by nobody', async () => {
    const { askedBy, chat, owner } = await room({ speaks: 'always' })
    accepted(await chat.execute({ kind: 'system' }, { action: 'add-bot', name: 'program', runs: 'outside' }))
    accepted(await chat.execute(owner.actor, { action: 'add-hook', room: general, name: 'hook' }))
    await chat.execute({ kind: 'system' }, { action: 'change-bot', user: assistantId, banned: true })
    expect(await askedBy('@program @hook hi')).toStrictEqual([])
  })
})

describe('who may ask', () => {
  test('[U3] everybody, where nothing is set; those with an account; the admins', async () => {
    const chat = await room()
    const guest = await chat.connect(await chat.guest('Gus'))
    const boss = await chat.connect(chat.owner)
    await chat.ports.store.changeMemberRole(general, chat.bea.id, 'admin')
    const head = await chat.connect(chat.bea)
    let number = 0
    const askers = async () => {
      const named: string[] = []
      for (const [name, client] of [
        ['guest', guest],
        ['member', chat.client],
        ['admin', head],
        ['owner', boss],
      ] as const) {
        number += 1
        const { asked } = await chat.say(client, number, '@assistant hi')
        if (asked.length > 0) named.push(name)
      }
      return named
    }
    expect(await askers()).toStrictEqual(['guest', 'member', 'admin', 'owner'])
    await chat.ports.store.changeRoom(general, { bot: { asks: 'members' } })
    expect(await askers()).toStrictEqual(['member', 'admin', 'owner'])
    await chat.ports.store.changeRoom(general, { bot: { asks: 'admins' } })
    expect(await askers()).toStrictEqual(['admin', 'owner'])
  })
})

describe('bots among themselves', () => {
  /** What bots are asked when a reply of the assistant ends with this text. */
  const askedByReply = async (bot?: RoomBotChange) => {
    const chat = await room(bot)
    const other = await chat.bot('other')
    const { asked } = await chat.say(chat.client, 1, '@assistant ask the other')
    const [job] = asked
    if (!job) throw new Error('nobody was asked')
    const { message, run } = await chat.begun(job)
    const before = chat.jobs.kept.length
    const end = { action: 'end-reply', room: general, id: message.id, run, ended: 'done' } as const
    accepted(await chat.chat.execute(service(assistantId), { ...end, text: '@other and @assistant, what do you say?' }))
    return { asked: chat.jobs.kept.slice(before).map((one) => one.kind === 'reply' && one.bot), other }
  }

  test('[U4] none answers another', async () => {
    expect((await askedByReply()).asked).toStrictEqual([])
    expect((await askedByReply({ speaks: 'always' })).asked).toStrictEqual([])
  })

  test('[U4] where that is set they do, and none answers itself', async () => {
    const { asked, other } = await askedByReply({ answersBots: true, speaks: 'always' })
    expect(asked).toStrictEqual([other])
  })

  test('[U4] a program with a token is answered where that is set, and only when it has come to an end', async () => {
    const { chat, ports, jobs, open } = await room({ answersBots: true })
    const bot = accepted(
      await chat.execute({ kind: 'system' }, { action: 'add-bot', name: 'program', runs: 'outside' }),
    )
    const { token } = accepted(await chat.execute({ kind: 'system' }, { action: 'make-bot-token', user: bot.id }))
    const { session } = accepted(
      await chat.execute({ kind: 'nobody', address: '', mayBeGuest: false }, { action: 'authenticate', token }),
    )
    const account = await ports.store.user(bot.id)
    if (!account) throw new Error('there is no such bot')
    const client = await open({ ...account, actor: { kind: 'user', user: bot.id, session } })
    await client.say({ action: 'hello', v: 1 })
    const place = { room: general, id: messageId(1) }
    await client.say({ action: 'send', ...place, text: '', streaming: true })
    await client.say({ action: 'delta', ...place, at: 0, text: '@assistant hi' })
    expect(jobs.kept).toStrictEqual([])
    await client.say({ action: 'finish', ...place, ended: 'done' })
    expect(jobs.kept).toMatchObject([{ kind: 'reply', bot: assistantId, asker: bot.id, prompt: messageId(1) }])
  })
})

test('a private room has bots as any other, that need not be members', async () => {
  const { ports, client, jobs, ada } = await room()
  await ports.store.createRoom(facts('den', { kind: 'private' }), [membership('den', 0, { user: ada.id })])
  await client.say({ action: 'send', room: roomId('den'), id: messageId(1), text: '@assistant hi' })
  expect(jobs.kept).toMatchObject([{ room: 'den', bot: assistantId }])
})
