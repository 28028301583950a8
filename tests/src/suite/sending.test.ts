import { describe, expect, test } from 'vitest'
import { newId, newRoomId, say, settled, world } from '../harness/world.ts'

const { visitor, member, connect, room } = await world()
const [ada, bo, cleo] = [await member(), await visitor(), await member()]
const place = await room('private', ada, bo)

describe('send', () => {
  test('[S1] is answered with the message as it was stored', async () => {
    const first = await say(ada, place, 'first')
    const id = newId()
    const answer = await ada.ask('message', {
      action: 'send',
      room: place,
      id,
      text: 'second',
      replyTo: first.id,
      ref: 'r',
    })
    const { at, seq } = answer.message
    expect(answer).toEqual({
      type: 'message',
      ref: 'r',
      room: place,
      rev: seq,
      message: {
        id,
        room: place,
        seq: first.seq + 1,
        rev: first.seq + 1,
        from: { id: ada.me.id, name: ada.me.name, kind: 'person' },
        text: 'second',
        at,
        replyTo: first.id,
      },
    })
    expect(first).not.toHaveProperty('replyTo')
  })

  test('[S2] tells every other connection of the members, and the sending one by its answer alone', async () => {
    const [tablet, laptop] = [await connect(ada.person), await connect(bo.person)]
    const others = [tablet, bo, laptop]
    const answer = await ada.ask('message', { action: 'send', room: place, id: newId(), text: 'to all devices' })
    for (const other of others) {
      const { ref: _, ...told } = answer
      expect(await other.heard('message', ({ message }) => message.id === answer.message.id)).toEqual(told)
    }
    await settled(ada, cleo, ...others)
    for (const client of [ada, ...others, cleo]) {
      expect(client.waiting('message', ({ message }) => message.id === answer.message.id)).toEqual([])
    }
    await Promise.all([tablet.close(), laptop.close()])
  })

  test('[S2] tells each connection once, in the order of revs while one sender awaits its answers', async () => {
    const id = await room('public', ada, bo, cleo)
    for (let index = 0; index < 30; index += 1) await say(ada, id, `${index}`)
    await settled(ada, bo, cleo)
    for (const client of [bo, cleo]) {
      const told = client.waiting('message', (frame) => frame.room === id)
      expect(told.map(({ rev }) => rev)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
    }
  })

  test('[S3] again changes nothing and is answered with the message as it stands', async () => {
    const frame = { action: 'send', room: place, id: newId(), text: 'once' }
    const { message: sent } = await ada.ask('message', frame)
    expect((await ada.ask('message', frame)).message).toEqual(sent)
    expect((await ada.ask('message', { ...frame, text: 'other words' })).message).toEqual(sent)
    const { message: edited } = await ada.ask('message', { ...frame, action: 'edit', text: 'edited' })
    expect((await ada.ask('message', frame)).message).toEqual(edited)
    const again = await connect(ada.person)
    expect((await again.ask('message', frame)).message).toEqual(edited)
    const { message: deleted } = await ada.ask('message', { action: 'delete', room: place, id: frame.id })
    expect((await ada.ask('message', frame)).message).toEqual(deleted)
    expect((await say(ada, place, 'next')).seq).toBe(sent.seq + 3)
    await again.close()
  })

  test('[S3] twice at the same time, from two devices, stores one message', async () => {
    const again = await connect(ada.person)
    for (let round = 0; round < 20; round += 1) {
      const frame = { action: 'send', room: place, id: newId(), text: `round ${round}` }
      const answers = await Promise.all([ada, again, ada, again].map((client) => client.ask('message', frame)))
      expect(new Set(answers.map(({ rev }) => rev)).size).toBe(1)
      const { messages } = await bo.ask('page', { action: 'history', room: place, limit: 5 })
      expect(messages.filter(({ id }) => id === frame.id)).toHaveLength(1)
    }
    await again.close()
  })

  test('[S4] with an id of another author is conflict, and stores nothing', async () => {
    const mine = await say(ada, place, 'mine')
    const refusal = await bo.refusal({ action: 'send', room: place, id: mine.id, text: 'yours?' })
    expect(refusal).toMatchObject({ code: 'conflict', retry: null })
    const { messages, rev } = await bo.ask('page', { action: 'history', room: place, limit: 1 })
    expect([messages[0], rev]).toEqual([mine, mine.rev])
    await ada.ask('message', { action: 'delete', room: place, id: mine.id })
    expect(await bo.refusal({ action: 'send', room: place, id: mine.id, text: 'now?' })).toMatchObject({
      code: 'conflict',
    })
  })

  test('[S4] of two authors who use one id at the same time one has it', async () => {
    for (let round = 0; round < 10; round += 1) {
      const frame = { action: 'send', room: place, id: newId(), ref: `${round}` }
      const answers = [ada, bo].map((client, index) => {
        const answer = client.answer(frame.ref, 'send')
        client.tell({ ...frame, text: `by ${index}` })
        return answer
      })
      const types = (await Promise.all(answers)).map(({ type }) => type)
      expect(types.sort()).toEqual(['error', 'message'])
    }
  })

  test('[S5] replies to a message of the same room, deleted or not, and to nothing else', async () => {
    const other = await room('public', ada)
    const [here, there] = [await say(ada, place, 'here'), await say(ada, other, 'there')]
    const reply = (replyTo: string) => ({ action: 'send', room: place, id: newId(), text: 'reply', replyTo })
    expect((await bo.ask('message', reply(here.id))).message.replyTo).toBe(here.id)
    await ada.ask('message', { action: 'delete', room: place, id: here.id })
    const last = await bo.ask('message', reply(here.id))
    const own = reply(newId())
    for (const frame of [reply(there.id), reply(newId()), { ...own, replyTo: own.id }]) {
      expect(await bo.refusal(frame)).toMatchObject({ code: 'not_found', retry: null })
    }
    expect((await bo.ask('page', { action: 'history', room: place })).rev).toBe(last.rev)
  })

  test('[S6] and other writing in a public room that one has not joined is forbidden', async () => {
    const open = await room('public', ada)
    const mine = await say(ada, open, 'mine')
    const message = { room: open, id: mine.id }
    const writing = [
      { action: 'send', room: open, id: newId(), text: 'text' },
      { action: 'edit', ...message, text: 'text' },
      { action: 'react', ...message, emoji: '👍', on: true },
      { action: 'typing', room: open },
      { action: 'read', room: open, seq: 1 },
    ]
    for (const client of [bo, cleo]) {
      for (const frame of writing) expect(await client.refusal(frame)).toMatchObject({ code: 'forbidden', retry: null })
    }
    expect((await ada.ask('page', { action: 'history', room: open })).messages).toEqual([mine])
  })

  test('[S7] keeps the order of a sender who awaits each answer, over several connections too', async () => {
    const devices = [ada, await connect(ada.person)]
    const sent: string[] = []
    for (let index = 0; index < 20; index += 1) {
      sent.push((await say(devices[index % 2] ?? ada, place, `${index}`)).id)
    }
    const { messages } = await bo.ask('page', { action: 'history', room: place, limit: 20 })
    expect(messages.map(({ id }) => id)).toEqual(sent)
  })

  test('to a room that does not exist is not_found', async () => {
    const frame = { action: 'send', room: newRoomId(), id: newId(), text: 'anybody?' }
    expect(await ada.refusal(frame)).toMatchObject({ code: 'not_found' })
  })
})
