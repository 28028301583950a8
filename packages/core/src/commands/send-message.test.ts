import { describe, expect, test } from 'vitest'
import { refusal, refusedAs } from '../testing/expected.ts'
import { facts, general, membership, messageId, roomId } from '../testing/samples.ts'
import { testChat } from '../testing/test-chat.ts'

const send = (number: number, text: string, more: object = {}) => ({
  action: 'send',
  room: 'general',
  id: messageId(number),
  text,
  ...more,
})

const conversation = async () => {
  const chat = testChat()
  const [ada, bea] = [await chat.person('Ada'), await chat.person('Bea')]
  const [phone, laptop, other] = [await chat.connect(ada), await chat.connect(ada), await chat.connect(bea)]
  for (const client of [phone, laptop, other]) client.forget()
  return { ...chat, ada, bea, phone, laptop, other }
}

describe('send', () => {
  test('[S1][W12][W13][W14] is answered with the message as it was stored', async () => {
    const { phone, ada, clock } = await conversation()
    expect(await phone.say({ ...send(1, ' hi\tthere\n'), ref: 'r' })).toStrictEqual({
      type: 'message',
      ref: 'r',
      room: 'general',
      rev: 1,
      message: {
        id: messageId(1),
        room: 'general',
        seq: 1,
        rev: 1,
        from: { id: ada.id, name: 'Ada', kind: 'person' },
        text: ' hi\tthere\n',
        at: clock.iso(),
      },
    })
  })

  test('[S2][F2] tells every other connection of the room, and the sender by the answer alone', async () => {
    const { phone, laptop, other } = await conversation()
    const answer = await phone.say(send(1, 'hi'))
    const { ref: _, ...told } = answer as { ref?: string }
    expect(laptop.heard).toStrictEqual([told])
    expect(other.heard).toStrictEqual([told])
    expect(phone.heard).toStrictEqual([])
  })

  test('[S2] tells nobody who is not in the room', async () => {
    const { chat, ports, ada, phone, other } = await conversation()
    await ports.store.createRoom(facts('den', { kind: 'private' }), [membership('den', 0, { user: ada.id })])
    await chat.execute(ada.actor, { action: 'join', room: roomId('den') })
    expect(await phone.say(send(1, 'psst', { room: 'den' }))).toMatchObject({ type: 'message', room: 'den' })
    expect(other.heard).toStrictEqual([])
  })

  test('[S3][W9] the same id again stores nothing, and is answered and told as the message stands', async () => {
    const { phone, laptop, ports } = await conversation()
    const first = await phone.say({ ...send(1, 'hi'), ref: 'r' })
    expect(await phone.say({ ...send(1, 'something else'), ref: 'r' })).toStrictEqual(first)
    expect(laptop.heard).toHaveLength(2)
    expect(laptop.heard[1]).toStrictEqual(laptop.heard[0])
    await phone.say({ action: 'edit', room: 'general', id: messageId(1), text: 'ho' })
    expect(await phone.say(send(1, 'hi'))).toMatchObject({ rev: 2, message: { text: 'ho', seq: 1, rev: 2 } })
    expect((await ports.store.revs([general])).get(general)).toBe(2)
  })

  test('[S3][W8] sent at the same time, one id is stored once', async () => {
    const { phone, laptop, ports } = await conversation()
    const answers = await Promise.all([phone, laptop, phone].map((client) => client.say(send(1, 'hi'))))
    expect(answers.map((answer) => 'rev' in answer && answer.rev)).toStrictEqual([1, 1, 1])
    expect((await ports.store.revs([general])).get(general)).toBe(1)
  })

  test('[S4] an id of another author is a conflict, and is told to nobody', async () => {
    const { phone, laptop, other } = await conversation()
    await other.say(send(1, 'mine'))
    laptop.forget()
    expect(await phone.say(send(1, 'mine too'))).toStrictEqual(refusedAs('conflict'))
    expect(laptop.heard).toStrictEqual([])
  })

  test('[W11] the same id in another room is another message', async () => {
    const { phone } = await conversation()
    await phone.say({ action: 'create', room: 'yard', kind: 'public' })
    await phone.say(send(1, 'here'))
    expect(await phone.say(send(1, 'there', { room: 'yard' }))).toMatchObject({ rev: 1, message: { text: 'there' } })
  })

  test('[S5] replies to a message of the room, deleted or not, and to no other', async () => {
    const { phone } = await conversation()
    await phone.say(send(1, 'hi'))
    const replyTo = messageId(1)
    expect(await phone.say(send(2, 'ho', { replyTo }))).toMatchObject({ message: { replyTo } })
    await phone.say({ action: 'delete', room: 'general', id: replyTo })
    expect(await phone.say(send(3, 'ho', { replyTo }))).toMatchObject({ message: { replyTo } })
    expect(await phone.say(send(4, 'ho', { replyTo: messageId(9) }))).toStrictEqual(refusedAs('not_found'))
    expect(await phone.say({ action: 'sync', room: 'general', since: 0 })).toMatchObject({ rev: 4 })
  })

  test('[S7][W13] who awaits each answer is in order, and times rise also when the clock stands', async () => {
    const { phone, clock } = await conversation()
    const answers = [await phone.say(send(1, 'a')), await phone.say(send(2, 'b')), await phone.say(send(3, 'c'))]
    expect(answers).toMatchObject([
      { rev: 1, message: { seq: 1, at: clock.iso(0) } },
      { rev: 2, message: { seq: 2, at: clock.iso(1) } },
      { rev: 3, message: { seq: 3, at: clock.iso(2) } },
    ])
  })

  test('[W14] a later rename does not change who said it', async () => {
    const { phone } = await conversation()
    await phone.say(send(1, 'hi'))
    await phone.say({ action: 'rename', name: 'Zoe' })
    expect(await phone.say(send(1, 'hi'))).toMatchObject({ message: { from: { name: 'Ada' } } })
    expect(await phone.say(send(2, 'hi'))).toMatchObject({ message: { from: { name: 'Zoe' } } })
  })

  test('[S6] who has not joined may not send, and who has not signed in neither', async () => {
    const { chat, other, phone } = await conversation()
    await other.say({ action: 'create', room: 'yard', kind: 'public' })
    expect(await phone.say(send(1, 'hi', { room: 'yard' }))).toStrictEqual(refusedAs('forbidden'))
    const command = { action: 'send', room: general, id: messageId(1), text: 'hi' } as const
    const nobody = { kind: 'nobody', address: 'here', mayBeGuest: true } as const
    expect(await chat.execute(nobody, command)).toStrictEqual(refusal('unauthorized'))
    expect(await chat.execute({ kind: 'system' }, command)).toStrictEqual(refusal('unauthorized'))
  })

  test('[H17] over HTTP all sockets are told, the own ones too', async () => {
    const { chat, ada, phone, other } = await conversation()
    await chat.execute(ada.actor, { action: 'send', room: general, id: messageId(1), text: 'hi' })
    expect(phone.heard).toMatchObject([{ type: 'message', rev: 1 }])
    expect(other.heard).toMatchObject([{ type: 'message', rev: 1 }])
  })
})
