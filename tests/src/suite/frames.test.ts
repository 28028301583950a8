import { randomUUID } from 'node:crypto'
import { limits } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { behindGateway, tooLong } from '../harness/gateway.ts'
import { newId, newRoomId, say, settled, world } from '../harness/world.ts'

const { visitor, member, room } = await world()
const ada = await member()
const bo = await visitor()
const place = await room('public', ada, bo)

describe('answers', () => {
  test('[F1] every frame is an object with a type, and has exactly the fields of its schema', async () => {
    ada.tell({ action: 'history', room: 'general' })
    expect(await ada.heard('page')).toMatchObject({ type: 'page', room: 'general' })
    expect(ada.faults).toEqual([])
  })

  test.each(['', 'x', '7', 'ü', ' ', '\u0000', '"', '\\', 'null', '__proto__', '🙂'.repeat(32), 'r'.repeat(64)])(
    '[F2] the ref %j comes back unchanged, once, to who has asked',
    async (ref) => {
      expect(await ada.ask('pong', { action: 'ping', ref })).toEqual({ type: 'pong', ref })
      expect((await ada.refusal({ action: 'sync', room: newRoomId(), since: 0, ref })).ref).toBe(ref)
      await settled(ada, bo)
      expect(ada.faults).toEqual([])
      expect(bo.all().filter((frame) => 'ref' in frame && frame.ref !== undefined)).toEqual([])
    },
  )

  test('[F2] a hundred frames at once are each answered by its own ref', async () => {
    const rooms = Array.from({ length: 100 }, newRoomId)
    const answers = await Promise.all(
      rooms.map((id, index) => ada.refusal({ action: 'history', room: id, ref: `${index}` })),
    )
    expect(answers.map(({ ref }) => ref)).toEqual(rooms.map((_, index) => `${index}`))
  })

  test('[F3] ok and pong come only for a ref, other answers without one too', async () => {
    ada.clear()
    ada.tell({ action: 'ping' })
    ada.tell({ action: 'ping', rooms: [place] })
    ada.tell({ action: 'typing', room: place })
    const id = newId()
    ada.tell({ action: 'send', room: place, id, text: 'no ref' })
    const { message, ref } = await ada.heard('message', (frame) => frame.message.id === id)
    expect([message.text, ref]).toEqual(['no ref', undefined])
    ada.tell({ action: 'members', room: place })
    expect(await ada.heard('members')).not.toHaveProperty('ref')
    ada.tell({ action: 'leave', room: newRoomId() })
    expect(await ada.heard('error')).toMatchObject({ code: 'not_found' })
    await ada.ask('ok', { action: 'typing', room: place })
    expect(ada.waiting('ok')).toEqual([])
    expect(ada.waiting('pong')).toEqual([])
  })
})

describe('frames that are none', () => {
  const notObjects = ['', ' ', 'hello', '{', '{"action":', '[]', '[{"action":"ping"}]', '"ping"', '1', 'true', 'null']
  const nearlyJson = [
    "{'action':'ping'}",
    '{"action":"ping",}',
    '{"action":"ping"} {}',
    '\uFEFF{"action":"ping"}',
    'NaN',
  ]
  test.each([...notObjects, ...nearlyJson])('[F4] %j is bad_request without ref', async (text) => {
    ada.send(text)
    const error = await ada.heard('error')
    expect(error).toMatchObject({ code: 'bad_request', retry: null })
    expect(error).not.toHaveProperty('ref')
  })

  test.each([undefined, null, 1, true, {}, [], ['ping']])('[F5] the action %j is bad_request', async (action) => {
    ada.tell({ action, ref: 'F5' })
    const error = await ada.answer('F5', 'the frame')
    expect(error).toMatchObject({ type: 'error', code: 'bad_request' })
  })

  const strangers = [
    '',
    'PING',
    'ping ',
    'toString',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'message',
    'sign-in',
  ]
  const laterOnes = ['sign-out', 'be-guest', 'add-account', 'list-connections', 'redeem-ticket', 'authenticate']
  test.each([...strangers, ...laterOnes])('[F5] the action %j is unknown', async (action) => {
    expect(await ada.refusal({ action })).toMatchObject({ code: 'unknown_action', retry: null })
  })
})

const good: Record<string, Record<string, unknown>> = {
  hello: { v: 1 },
  send: { room: place, id: newId(), text: 'text' },
  edit: { room: place, id: newId(), text: 'text' },
  delete: { room: place, id: newId() },
  react: { room: place, id: newId(), emoji: '👍', on: true },
  sync: { room: place, since: 0 },
  history: { room: place },
  create: { room: newRoomId(), kind: 'public' },
  join: { room: place },
  leave: { room: newRoomId() },
  invite: { room: place, user: ada.me.id },
  remove: { room: place, user: randomUUID() },
  set: { room: place, topic: 'topic' },
  members: { room: place },
  direct: { with: [bo.me.id] },
  read: { room: place, seq: 0 },
  typing: { room: place },
  rename: { name: 'Somebody else' },
  broadcast: { text: 'text' },
  ping: {},
}
const actions = Object.entries(good)
const fields = actions.flatMap(([action, frame]) => Object.keys(frame).map((field) => [action, field] as const))

describe('fields', () => {
  test.each(fields.filter(([action]) => action !== 'set'))(
    '[F6] %s without %s is bad_request',
    async (action, field) => {
      expect(await ada.refusal({ action, ...good[action], [field]: undefined })).toMatchObject({ code: 'bad_request' })
    },
  )

  test.each(fields)('[F6] %s with a %s of another type is bad_request', async (action, field) => {
    const fitting = good[action]?.[field]
    for (const value of [null, {}, [[]], typeof fitting === 'string' ? 7 : 'seven', Array.isArray(fitting) ? 1 : [1]]) {
      const error = await ada.refusal({ action, ...good[action], [field]: value })
      expect([error.code, value]).toEqual(['bad_request', value])
    }
  })

  test.each(['1.5', '-1', '1e21', '"1"', '9007199254740992', '1e400', '-0.5', 'true', '[1]'])(
    '[F6] %s is no number',
    async (number) => {
      const frames = [
        `"action":"sync","room":"${place}","since":${number}`,
        `"action":"history","room":"${place}","before":${number}`,
        `"action":"read","room":"${place}","seq":${number}`,
      ]
      for (const [index, frame] of frames.entries()) {
        const answer = ada.answer(`n${index}`, frame)
        ada.send(`{${frame},"ref":"n${index}"}`)
        expect(await answer, frame).toMatchObject({ type: 'error', code: 'bad_request' })
      }
    },
  )

  test('[F6] whole numbers up to 2^53 - 1 are numbers, however they are written', async () => {
    for (const number of ['9007199254740991', '0', '1e2', '2.0']) {
      const answer = ada.answer(number, number)
      ada.send(`{"action":"sync","room":"${place}","since":${number},"ref":"${number}"}`)
      expect((await answer).type).toBe('synced')
    }
  })

  test.each(actions)('[F7] %s with a field more is bad_request', async (action, frame) => {
    for (const field of ['more', 'Ref', 'constructor', 'type']) {
      expect(await ada.refusal({ action, ...frame, [field]: 1 })).toMatchObject({ code: 'bad_request' })
    }
    const answer = ada.answer('proto', action)
    ada.send(`{"__proto__":{"room":"general"},${JSON.stringify({ action, ...frame, ref: 'proto' }).slice(1)}`)
    expect(await answer).toMatchObject({ type: 'error', code: 'bad_request' })
  })

  test('[F8] an error carries a valid ref, whatever else is wrong with the frame', async () => {
    for (const frame of [{ action: 7 }, { action: 'nothing' }, { action: 'send' }, { action: 'ping', rooms: 1 }, {}]) {
      const answer = ada.answer('F8', 'frame')
      ada.tell({ ...frame, ref: 'F8' })
      expect(await answer).toMatchObject({ type: 'error', ref: 'F8' })
    }
  })

  test.each([7, null, true, {}, ['x'], 'r'.repeat(65), '🙂'.repeat(33)])(
    '[F8] the ref %j is bad_request without ref, and the frame has no effect',
    async (ref) => {
      const id = newId()
      ada.tell({ action: 'send', room: place, id, text: 'never', ref })
      const error = await ada.heard('error')
      expect(error).toMatchObject({ code: 'bad_request' })
      expect(error).not.toHaveProperty('ref')
      const { messages } = await ada.ask('page', { action: 'history', room: place })
      expect(messages.map((message) => message.id)).not.toContain(id)
    },
  )

  test('[F9] what is malformed is refused before a room is looked for', async () => {
    const nowhere = newRoomId()
    const id = newId()
    const long = 'x'.repeat(limits.textUnits + 1)
    const refusals = [
      await ada.refusal({ action: 'send', room: nowhere, id: 'no uuid', text: 'text' }),
      await ada.refusal({ action: 'send', room: nowhere, id, text: '' }),
      await ada.refusal({ action: 'send', room: nowhere, id, text: long }),
      await ada.refusal({ action: 'react', room: nowhere, id, emoji: 'no', on: true }),
      await ada.refusal({ action: 'sync', room: nowhere, since: -1 }),
      await ada.refusal({ action: 'read', room: nowhere, seq: 0.5 }),
      await ada.refusal({ action: 'set', room: nowhere, name: '' }),
      await ada.refusal({ action: 'set', room: nowhere, topic: 'x', bot: 'x' }),
    ]
    expect(refusals.map(({ code }) => code)).toEqual([
      'bad_request',
      'bad_request',
      tooLong(),
      ...Array.from({ length: 5 }, () => 'bad_request'),
    ])
  })
})

describe('errors', () => {
  test('[X1] an error has a code, a message for people, and null to retry where a repeat changes nothing', async () => {
    const errors = [
      await ada.refusal({ action: 'nothing' }),
      await ada.refusal({ action: 'send' }),
      await ada.refusal({ action: 'join', room: newRoomId() }),
      await ada.refusal({ action: 'broadcast', text: 'text' }),
      await ada.refusal({ action: 'create', room: place, kind: 'public' }),
    ]
    expect(errors.map(({ code }) => code)).toEqual([
      'unknown_action',
      'bad_request',
      'not_found',
      'forbidden',
      'conflict',
    ])
    for (const { message, retry } of errors) {
      expect(retry).toBeNull()
      expect(message).toMatch(/^.{8,300}$/)
    }
  })

  test('[X2] after errors the connection answers as before', async () => {
    for (const text of ['{', 'null', '{"action":"nothing"}', '{"action":"send"}']) {
      ada.send(text)
      await ada.heard('error')
    }
    expect((await say(ada, place, 'still here')).text).toBe('still here')
    ada.clear()
  })
})

describe('the size of frames', () => {
  const padded = (bytes: number, filler: string): string => {
    const frame = (padding: string): string =>
      JSON.stringify({ action: 'history', room: 'general', limit: 1, ref: 'size', padding })
    const empty = Buffer.byteLength(frame(''))
    const text = frame(filler.repeat(Math.floor((bytes - empty) / Buffer.byteLength(filler))))
    return text + ' '.repeat(bytes - Buffer.byteLength(text))
  }

  test.each(['x', '한'])('[L1] a frame of exactly 32,768 bytes of %s is handled', async (filler) => {
    const frame = padded(limits.upBytes, filler)
    expect(Buffer.byteLength(frame)).toBe(32_768)
    const answer = ada.answer('size', 'the frame')
    ada.send(frame)
    expect(await answer).toMatchObject({ type: 'error', code: 'bad_request' })
  })

  test.each(['x', '한'])(
    '[L1][C1] one byte more of %s has no effect, and is answered by bye and 1009',
    async (filler) => {
      const cleo = await visitor()
      const id = newId()
      const frame = JSON.stringify({ action: 'send', room: 'general', id, text: 'never' })
      cleo.send(`${frame}${filler === 'x' ? ' ' : ''}`.padEnd(32_769))
      // A gateway says nothing before it closes.
      if (!behindGateway()) expect(await cleo.heard('bye')).toMatchObject({ code: 1009 })
      expect((await cleo.closed).code).toBe(1009)
      const { messages } = await ada.ask('page', { action: 'history', room: 'general' })
      expect(messages.map((message) => message.id)).not.toContain(id)
      const dora = await visitor()
      dora.send(padded(32_769, filler))
      if (!behindGateway()) expect(await dora.heard('bye')).toMatchObject({ code: 1009 })
      expect((await dora.closed).code).toBe(1009)
    },
  )

  test.each([200_000, 2_000_000])('[L1][X4] a message of %i bytes is closed with 1009 too', async (bytes) => {
    const cleo = await visitor()
    cleo.send('x'.repeat(bytes))
    expect((await cleo.closed).code).toBe(1009)
    await settled(ada, bo)
  })
})
