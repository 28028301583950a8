import type { MessageId, RoomBotChange } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { assistantId } from '../bots.ts'
import { botRoom, service } from '../testing/bot-room.ts'
import { refusal, refusedAs } from '../testing/expected.ts'
import { facts, general, membership, messageId, roomId } from '../testing/samples.ts'

const catchUp = { action: 'catchup', room: general }
const den = roomId('den')

const room = async (bot?: RoomBotChange) => {
  const chat = await botRoom()
  if (bot) await chat.ports.store.changeRoom(general, { bot })
  await chat.ports.store.createRoom(facts('den', { kind: 'private' }), [membership('den', 0, { user: chat.bea.id })])
  const [phone, laptop, bea] = [
    await chat.connect(chat.ada),
    await chat.connect(chat.ada),
    await chat.connect(chat.bea),
  ]
  for (const client of [phone, laptop, bea]) client.forget()
  return { ...chat, phone, laptop, bea, beaId: chat.bea.id }
}

describe('catchup', () => {
  test('[U7] is ok at once, and a job with a note of its own', async () => {
    const { phone, jobs, ada, ports, say } = await room()
    for (const number of [1, 2, 3]) await say(phone, number, `text ${number}`)
    await ports.store.moveMarker(general, ada.id, 2)
    expect(await phone.say(catchUp)).toStrictEqual({ type: 'ok', ref: expect.any(String) })
    await phone.say({ ...catchUp, after: 1 })
    const [first, second] = jobs.kept
    if (first?.kind !== 'catchup' || second?.kind !== 'catchup') throw new Error('these are no jobs of that kind')
    const { note } = first
    expect(first).toStrictEqual({ kind: 'catchup', id: note, room: general, asker: ada.id, note, since: 2 })
    expect(second).toMatchObject({ since: 1 })
    expect(second.note).not.toBe(note)
  })

  test('is for rooms that the asker can read and may ask in, where bots speak', async () => {
    const { phone, chat, connect, guest, ports, jobs } = await room({ asks: 'members' })
    expect(await phone.say({ ...catchUp, room: 'den' })).toStrictEqual(refusedAs('not_found'))
    expect(await phone.say({ ...catchUp, room: 'nowhere' })).toStrictEqual(refusedAs('not_found'))
    const gus = await connect(await guest('Gus'))
    expect(await gus.say(catchUp)).toStrictEqual(refusedAs('forbidden'))
    await ports.store.changeRoom(general, { bot: { speaks: 'off' } })
    expect(await phone.say(catchUp)).toStrictEqual(refusedAs('forbidden'))
    const nobody = { kind: 'nobody', address: '', mayBeGuest: true } as const
    expect(await chat.execute(nobody, { action: 'catchup', room: general })).toStrictEqual(refusal('unauthorized'))
    expect(jobs.kept).toStrictEqual([])
  })

  test('its worker is told who asks, where, and what is left of the budgets', async () => {
    const { chat, ports, ada } = await room()
    const begin = { action: 'begin-catchup', room: general } as const
    expect(await chat.execute(service(ada.id), begin)).toStrictEqual({
      facts: await ports.store.room(general),
      asker: await ports.store.user(ada.id),
      left: { person: 200_000, room: 1_000_000 },
    })
    expect(await chat.execute(service(ada.id), { ...begin, room: den })).toStrictEqual(refusal('not_found'))
    expect(await chat.execute(ada.actor, begin)).toStrictEqual(refusal('forbidden'))
  })
})

describe('a note', () => {
  const note = { action: 'tell-note', room: general, id: messageId(5) as MessageId } as const

  test('[U7] is told to all connections of one person, to nobody else, and kept nowhere', async () => {
    const { chat, ports, phone, laptop, bea, ada } = await room()
    const tell = (text: string, streaming: boolean) =>
      chat.execute(service(assistantId), { ...note, user: ada.id, text, streaming })
    expect(await tell('half a', true)).toBeNull()
    expect(await tell('half a note', false)).toBeNull()
    for (const client of [phone, laptop]) {
      expect(client.heard).toStrictEqual([
        { type: 'note', room: general, id: note.id, text: 'half a', streaming: true },
        { type: 'note', room: general, id: note.id, text: 'half a note' },
      ])
    }
    expect(bea.heard).toStrictEqual([])
    expect((await ports.store.revs([general])).get(general)).toBe(0)
    expect(await ports.store.message(general, note.id)).toBeUndefined()
  })

  test('is told by bots of this server only', async () => {
    const { chat, owner, ada, laptop } = await room()
    const tell = { ...note, user: ada.id, text: 'x', streaming: false }
    expect(await chat.execute(owner.actor, tell)).toStrictEqual(refusal('forbidden'))
    expect(await chat.execute({ kind: 'system' }, tell)).toStrictEqual(refusal('forbidden'))
    expect(laptop.heard).toStrictEqual([])
  })
})

describe('what bots remember of a room', () => {
  const summary = { seq: 3, rev: 4, text: 'They said hello.' }

  test('is kept and recalled, and can be taken away', async () => {
    const { chat } = await room()
    const recall = () => chat.execute(service(assistantId), { action: 'recall-summary', room: general })
    expect(await recall()).toBeNull()
    await chat.execute(service(assistantId), { action: 'keep-summary', room: general, summary })
    expect(await recall()).toStrictEqual(summary)
    await chat.execute(service(assistantId), { action: 'keep-summary', room: general, summary: null })
    expect(await recall()).toBeNull()
  })

  test('is for bots of this server, and on behalf of an asker only where that one can read', async () => {
    const { chat, owner, ada, beaId } = await room()
    await chat.execute(service(assistantId), { action: 'keep-summary', room: den, summary })
    const recall = { action: 'recall-summary', room: den } as const
    expect(await chat.execute(service(beaId), recall)).toStrictEqual(summary)
    expect(await chat.execute(service(ada.id), recall)).toStrictEqual(refusal('not_found'))
    expect(await chat.execute(owner.actor, recall)).toStrictEqual(refusal('forbidden'))
    expect(await chat.execute(owner.actor, { action: 'keep-summary', room: den, summary })).toStrictEqual(
      refusal('forbidden'),
    )
  })
})
