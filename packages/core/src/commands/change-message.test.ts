import { limits } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { refusedAs } from '../testing/expected.ts'
import { general, messageId, userId } from '../testing/samples.ts'
import { testChat } from '../testing/test-chat.ts'

const place = { room: 'general', id: messageId(1) }
const edit = (text: string) => ({ action: 'edit', ...place, text })
const remove = { action: 'delete', ...place }
const react = (emoji: string, on = true) => ({ action: 'react', ...place, emoji, on })

/** Ada has said something; Bea hears it. */
const conversation = async () => {
  const chat = testChat()
  const [ada, bea] = [await chat.person('Ada'), await chat.person('Bea')]
  const [author, other] = [await chat.connect(ada), await chat.connect(bea)]
  await author.say({ action: 'send', ...place, text: 'hi' })
  chat.clock.pass(1_000)
  for (const client of [author, other]) client.forget()
  const rev = async () => (await chat.ports.store.revs([general])).get(general)
  return { ...chat, ada, bea, author, other, rev }
}

describe('edit', () => {
  test('[E1][E10][F2] sets the text and when, takes a rev and is told to the others', async () => {
    const { author, other, clock } = await conversation()
    await other.say(react('👍'))
    author.forget()
    const answer = await author.say(edit('ho'))
    expect(answer).toMatchObject({
      type: 'message',
      room: 'general',
      rev: 3,
      message: { ...place, seq: 1, rev: 3, text: 'ho', at: clock.iso(-1_000), editedAt: clock.iso() },
    })
    expect(answer).toMatchObject({ message: { reactions: { '👍': [other.connection.user] } } })
    const { ref: _, ...told } = answer as { ref?: string }
    expect(other.heard).toStrictEqual([told])
    expect(author.heard).toStrictEqual([])
  })

  test('[E5][W9] to the text it has changes nothing', async () => {
    const { author, rev } = await conversation()
    expect(await author.say(edit('hi'))).toMatchObject({ rev: 1, message: { text: 'hi', rev: 1 } })
    expect(await author.say(edit('hi'))).not.toMatchObject({ message: { editedAt: expect.anything() } })
    expect(await rev()).toBe(1)
  })

  test('[E2][V4] is for its author only, also not for an owner, and tells nobody else', async () => {
    const { person, connect, other, author } = await conversation()
    const owner = await connect(await person('Olga', { role: 'owner' }))
    author.forget()
    expect(await other.say(edit('ho'))).toStrictEqual(refusedAs('forbidden'))
    expect(await owner.say(edit('ho'))).toStrictEqual(refusedAs('forbidden'))
    expect(author.heard).toStrictEqual([])
  })

  test('[E6][E9] of what is deleted is a conflict, of what never was not found', async () => {
    const { author } = await conversation()
    await author.say(remove)
    expect(await author.say(edit('ho'))).toStrictEqual(refusedAs('conflict'))
    expect(await author.say(react('👍'))).toStrictEqual(refusedAs('conflict'))
    const missing = { id: messageId(9) }
    for (const frame of [edit('ho'), remove, react('👍')]) {
      expect(await author.say({ ...frame, ...missing })).toStrictEqual(refusedAs('not_found'))
    }
  })
})

describe('delete', () => {
  test('[E3][E10] leaves a tombstone without text and reactions', async () => {
    const { author, other, clock } = await conversation()
    await other.say(react('👍'))
    await author.say(edit('ho'))
    other.forget()
    const { message } = (await author.say(remove)) as { message: object }
    expect(message).toStrictEqual({
      ...place,
      seq: 1,
      rev: 4,
      from: { id: author.connection.user, name: 'Ada', kind: 'person' },
      text: '',
      at: clock.iso(-1_000),
      deletedAt: clock.iso(),
    })
    expect(other.heard).toMatchObject([{ type: 'message', rev: 4, message }])
  })

  test('[E5] again changes nothing', async () => {
    const { author, clock, rev } = await conversation()
    const first = await author.say({ ...remove, ref: 'r' })
    clock.pass(1_000)
    expect(await author.say({ ...remove, ref: 'r' })).toStrictEqual(first)
    expect(await rev()).toBe(2)
  })

  test('[E4] is for its author, admins of the room and of the server', async () => {
    const { connect, person, other, ports, bea } = await conversation()
    expect(await other.say(remove)).toStrictEqual(refusedAs('forbidden'))
    await ports.store.changeMemberRole(general, bea.id, 'admin')
    expect(await other.say(remove)).toMatchObject({ message: { text: '' } })
    const admin = await connect(await person('Admin', { role: 'admin' }))
    expect(await admin.say(remove)).toMatchObject({ rev: 2 })
  })
})

describe('react', () => {
  test('[E7][E10] puts the user under the emoji and takes it away', async () => {
    const { author, other, ada, bea } = await conversation()
    expect(await other.say(react('👍'))).toMatchObject({ rev: 2, message: { reactions: { '👍': [bea.id] } } })
    expect(await author.say(react('👍'))).toMatchObject({ rev: 3, message: { reactions: { '👍': [bea.id, ada.id] } } })
    expect(await author.say(react('🎉'))).toMatchObject({ rev: 4, message: { reactions: { '🎉': [ada.id] } } })
    expect(await other.say(react('👍', false))).toMatchObject({ rev: 5, message: { reactions: { '👍': [ada.id] } } })
    const { message } = (await author.say(react('👍', false))) as { message: { reactions: object } }
    expect(message.reactions).toStrictEqual({ '🎉': [ada.id] })
    expect(await author.say(react('🎉', false))).not.toMatchObject({ message: { reactions: expect.anything() } })
    expect(author.heard.map((frame) => 'rev' in frame && frame.rev)).toStrictEqual([2, 5])
  })

  test('[E5][W9] so as one has already changes nothing', async () => {
    const { author, rev } = await conversation()
    await author.say(react('👍', false))
    expect(await rev()).toBe(1)
    await author.say(react('👍'))
    await author.say(react('👍'))
    expect(await rev()).toBe(2)
  })

  test('[E8] beyond 20 emoji or 200 reactions is too large', async () => {
    const { author, ports } = await conversation()
    const emoji = [...'😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒😓😔']
    for (const one of emoji.slice(0, limits.emojiPerMessage)) await author.say(react(one))
    expect(await author.say(react(emoji[20] as string))).toStrictEqual(refusedAs('too_large'))
    const full = limits.reactionsPerMessage - limits.emojiPerMessage
    for (let user = 1; user <= full; user += 1) {
      const change = { kind: 'react', user: userId(1_000 + user), emoji: '😀', on: true } as const
      await ports.store.changeMessage(general, messageId(1), change)
    }
    await author.say(react('😁', false))
    await author.say(react('😁'))
    await author.say(react('😂', false))
    await ports.store.changeMessage(general, messageId(1), { kind: 'react', user: userId(9), emoji: '😀', on: true })
    expect(await author.say(react('😂'))).toStrictEqual(refusedAs('too_large'))
  })

  test('[V1] needs somebody who has signed in', async () => {
    const { chat } = await conversation()
    const command = { action: 'react', room: general, id: messageId(1), emoji: '👍', on: true } as const
    expect(await chat.execute({ kind: 'system' }, command)).toMatchObject({ refused: 'unauthorized' })
  })
})
