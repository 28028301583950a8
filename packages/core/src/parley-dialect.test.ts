import { actions, type DownFrame, downFrames, limits } from '@parley/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Connection } from './actor.ts'
import type { Event } from './events.ts'
import { parleyDialect } from './parley-dialect.ts'
import { isRefusal } from './refusal.ts'
import { draft, general, messageId, sessionId, userId } from './testing/samples.ts'

const connection = {} as Connection
const decode = (frame: string) => parleyDialect.decode(frame, connection)
const decodeValue = (value: unknown) => decode(JSON.stringify(value))
const refusedAs = (code: string, ref?: string) => ({
  refusal: { refused: code, message: expect.any(String), retry: null },
  ...(ref !== undefined && { ref }),
})

/** A valid frame of each action. */
const samples: Readonly<Record<keyof typeof actions, Readonly<Record<string, unknown>>>> = {
  hello: { v: 1 },
  send: { room: 'general', id: messageId(1), text: 'hi', replyTo: messageId(2) },
  edit: { room: 'general', id: messageId(1), text: 'hi' },
  delete: { room: 'general', id: messageId(1) },
  react: { room: 'general', id: messageId(1), emoji: '👍', on: true },
  sync: { room: 'general', since: 0, limit: 500 },
  history: { room: 'general', before: 3, limit: 1 },
  create: { room: 'den', kind: 'private', name: 'Den' },
  join: { room: 'den' },
  leave: { room: 'den' },
  invite: { room: 'den', user: userId(1), role: 'admin' },
  remove: { room: 'den', user: userId(1) },
  set: { room: 'den', name: 'Den', topic: '' },
  members: { room: 'den', after: userId(1) },
  direct: { with: [userId(1)] },
  read: { room: 'den', seq: 1 },
  typing: { room: 'den' },
  rename: { name: 'Zoe' },
  stop: { room: 'den', id: messageId(1) },
  retry: { room: 'den', id: messageId(1) },
  variant: { room: 'den', id: messageId(1), index: 1 },
  catchup: { room: 'den' },
  delta: { room: 'den', id: messageId(1), at: 0, text: 'hi' },
  finish: { room: 'den', id: messageId(1), text: 'hi', ended: 'done' },
  broadcast: { text: 'hear' },
  ping: { rooms: ['general'] },
}
const frames = Object.entries(samples).map(
  ([action, fields]): Readonly<Record<string, unknown>> => ({ action, ...fields }),
)

describe('decode', () => {
  test.each(frames)('[F2] understands $action, with a ref and without', (frame) => {
    expect(decodeValue(frame)).toStrictEqual({ command: frame })
    expect(decodeValue({ ...frame, ref: '' })).toStrictEqual({ command: frame, ref: '' })
    const ref = '한'.repeat(limits.refUnits)
    expect(decodeValue({ ...frame, ref })).toStrictEqual({ command: frame, ref })
  })

  test.each(frames)('[F6][F7][F8] refuses $action with a field missing, wrong or too many', (frame) => {
    const ref = 'r'
    expect(decodeValue({ ...frame, extra: 1, ref })).toStrictEqual(refusedAs('bad_request', ref))
    for (const field of Object.keys(frame).filter((one) => one !== 'action')) {
      for (const wrong of [null, {}, [null], 1.5, -1, 1e21, `${'x'.repeat(70)} #`]) {
        if (field === 'text' && typeof wrong === 'string') continue
        if (field === 'topic' && typeof wrong === 'string') continue
        if (field === 'name' && frame.action !== 'rename' && typeof wrong === 'string') continue
        expect([field, wrong, decodeValue({ ...frame, [field]: wrong, ref })]).toStrictEqual([
          field,
          wrong,
          refusedAs('bad_request', ref),
        ])
      }
    }
  })

  test.each([
    '',
    ' ',
    'null',
    'true',
    '1',
    '"hello"',
    '[]',
    '[{"action":"ping"}]',
    '{',
    '{"action":"ping"}x',
    '\u0000',
    '[object Object]',
  ])('[F4] refuses %j, which is no object, without a ref', (frame) => {
    expect(decode(frame)).toStrictEqual(refusedAs('bad_request'))
  })

  test.each([undefined, null, 1, {}, [], ['ping'], true])('[F5] refuses the action %j', (action) => {
    expect(decodeValue({ action, ref: 'r' })).toStrictEqual(refusedAs('bad_request', 'r'))
  })

  test.each(['', 'toString', '__proto__', 'constructor', 'hasOwnProperty', 'Ping', 'ping ', 'sendprompt'])(
    '[F5] does not know the action %j',
    (action) => {
      expect(decodeValue({ action, ref: 'r' })).toStrictEqual(refusedAs('unknown_action', 'r'))
    },
  )

  test.each([1, null, {}, [], 'x'.repeat(limits.refUnits + 1), ['r']])('[F8] refuses the ref %j, without it', (ref) => {
    expect(decodeValue({ action: 'ping', ref })).toStrictEqual(refusedAs('bad_request'))
    expect(decodeValue({ action: 'sync', ref })).toStrictEqual(refusedAs('bad_request'))
  })

  test.each([
    '{"action":"typing","room":"general","__proto__":{"room":"den"}}',
    '{"action":"typing","__proto__":{"room":"general"}}',
    '{"__proto__":{"action":"typing"},"room":"general"}',
    '{"action":"typing","room":"general","constructor":{"prototype":{"polluted":true}}}',
    '{"action":"ping","__proto__":null}',
  ])('[F7] refuses %s, and nothing is polluted', (frame) => {
    expect(decode(frame)).toMatchObject({ refusal: { refused: 'bad_request' } })
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  test('[W15] a text that is too long is too large, one that is not a text is bad', () => {
    const send = (text: unknown) => decodeValue({ ...samples.send, action: 'send', text, ref: 'r' })
    expect(send('x'.repeat(limits.textUnits))).toHaveProperty('command')
    expect(send('x'.repeat(limits.textUnits + 1))).toStrictEqual(refusedAs('too_large', 'r'))
    expect(send('👍'.repeat(limits.textUnits / 2 + 1))).toStrictEqual(refusedAs('too_large', 'r'))
    expect(send(['x'])).toStrictEqual(refusedAs('bad_request', 'r'))
  })

  test.each([
    ['arrays', '['.repeat(16_000), ']'.repeat(16_000)],
    ['objects', `${'{"a":'.repeat(5_000)}1`, '}'.repeat(5_000)],
    ['unclosed arrays', '['.repeat(32_000), ''],
  ])('[X4] survives deeply nested %s', (_title, open, close) => {
    for (const frame of [
      `${open}${close}`,
      `{"action":"typing","room":${open}${close}}`,
      `{"action":"ping","x":${open}${close}}`,
    ]) {
      expect(decode(frame)).toMatchObject({ refusal: { refused: 'bad_request' } })
    }
  })

  test.each(['1e400', '-1e400', '9007199254740992', '-0', '1e-400', '0.1', `1${'0'.repeat(5_000)}`])(
    '[F6] knows what to make of the number %.20s',
    (number) => {
      const answer = decode(`{"action":"sync","room":"general","since":${number}}`)
      const taken =
        'command' in answer && answer.command.action === 'sync' && Object.is(Math.abs(answer.command.since), 0)
      if (taken) expect(['-0', '1e-400']).toContain(number)
      else expect(answer).toStrictEqual(refusedAs('bad_request'))
    },
  )

  test('messages for people are short, whatever was sent', () => {
    const long = 'x'.repeat(30_000)
    const answer = decode(`{"action":"ping","${long}":1}`)
    expect('refusal' in answer && answer.refusal.message.length).toBeLessThanOrEqual(300)
  })
})

describe('[X4][F4][F8] fuzz', () => {
  const codes = ['bad_request', 'unknown_action', 'too_large']
  /** Whatever comes, it is a command of a known action, or a coded refusal with the ref that was sent, if any. */
  const holds = (frame: string): void => {
    const answer = decode(frame)
    if ('command' in answer) {
      expect(Object.keys(actions)).toContain(answer.command.action)
      expect(decodeValue({ ...answer.command, ref: answer.ref })).toStrictEqual(answer)
      return
    }
    expect(isRefusal(answer.refusal) && codes.includes(answer.refusal.refused)).toBe(true)
    expect(parleyDialect.encodeRefusal(answer.refusal, answer.ref)).not.toContain('    at ')
    if (answer.ref !== undefined) expect(JSON.parse(frame)).toHaveProperty('ref', answer.ref)
  }

  test('any text', () => fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), holds)))

  test('any JSON', () => fc.assert(fc.property(fc.json(), holds)))

  const key = fc.oneof(
    fc.constantFrom(
      '__proto__',
      'constructor',
      'ref',
      'room',
      'text',
      'id',
      'action',
      'limit',
      'with',
      'v',
      'toString',
    ),
    fc.string({ maxLength: 5 }),
  )
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('general', 'hello', 1, 0, -0, 2 ** 53, 1e308, '\ud800', '', messageId(1), true),
    fc.string({ unit: 'binary', maxLength: 80 }),
  )
  /** As JSON text, so that a key may come twice, and `__proto__` is one. */
  const objectOf = (fields: readonly (readonly [string, unknown])[]): string =>
    `{${fields.map(([name, one]) => `${JSON.stringify(name)}:${JSON.stringify(one)}`).join(',')}}`

  test('any fields with any action', () => {
    const action = fc.oneof(fc.constantFrom(...Object.keys(actions)), fc.string({ maxLength: 8 }))
    const fields = fc.array(fc.tuple(key, value), { maxLength: 6 })
    fc.assert(
      fc.property(action, fields, (name, more) => holds(objectOf([['action', name], ...more]))),
      { numRuns: 2_000 },
    )
  })

  test('valid frames with a field changed', () => {
    const changed = fc.tuple(fc.constantFrom(...frames), key, value)
    fc.assert(
      fc.property(changed, ([frame, name, one]) => holds(objectOf([...Object.entries(frame), [name, one]]))),
      { numRuns: 2_000 },
    )
  })

  test('valid frames with a character changed', () => {
    const texts = frames.map((frame) => JSON.stringify({ ...frame, ref: 'r' }))
    const changed = fc.tuple(fc.constantFrom(...texts), fc.nat(), fc.string({ unit: 'binary', maxLength: 2 }))
    fc.assert(
      fc.property(changed, ([text, at, put]) =>
        holds(text.slice(0, at % text.length) + put + text.slice((at % text.length) + 1)),
      ),
      { numRuns: 2_000 },
    )
  })
})

describe('encode', () => {
  const message = {
    id: messageId(1),
    room: general,
    seq: 1,
    rev: 2,
    from: draft(1, 1).from,
    text: 'hi',
    at: draft(1, 1).at,
  }
  const room = { id: general, kind: 'public', name: 'general', topic: '', rev: 2 } as const
  const user = { id: userId(1), name: 'Ada', kind: 'person' } as const
  const events: readonly (readonly [keyof typeof downFrames | undefined, Event])[] = [
    ['message', { type: 'message-changed', room: general, stored: { message, bag: 'kept to ourselves' } }],
    ['room', { type: 'room-changed', room }],
    ['room', { type: 'members-changed', room }],
    ['room', { type: 'room-joined', room, user: user.id }],
    ['left', { type: 'room-left', room: general, user: user.id }],
    ['user', { type: 'user-renamed', user, rooms: [general] }],
    ['presence', { type: 'presence-changed', user: user.id, online: true, rooms: [general] }],
    ['typing', { type: 'typed', room: general, user: user.id }],
    ['read', { type: 'marker-moved', room: general, user: user.id, seq: 1, told: 'room' }],
    [
      'broadcast',
      { type: 'broadcast-made', broadcast: { id: messageId(1), from: user, text: 'hear', at: draft(1, 1).at } },
    ],
    ['bye', { type: 'connection-ended', code: 1001, message: 'bye', retry: null }],
    [undefined, { type: 'session-ended', session: sessionId(1) }],
    [undefined, { type: 'user-banned', user: user.id, sessions: [] }],
  ]
  test.each(events)('[F1][F2] says %s for an event, as the schemas have it and nothing more', (type, event) => {
    const frame = parleyDialect.encodeEvent(event)
    if (type === undefined) {
      expect(frame).toBeUndefined()
      return
    }
    const value: unknown = JSON.parse(frame ?? '')
    expect(value).toHaveProperty('type', type)
    expect(downFrames[type].parse(value) as unknown as typeof DownFrame).toStrictEqual(value)
    expect(value).not.toHaveProperty('ref')
  })

  test('[F3] ok and pong only with a ref, everything else always', () => {
    const encode = parleyDialect.encodeAnswer
    expect(encode({ type: 'ok' }, undefined)).toBeUndefined()
    expect(encode({ type: 'pong' }, undefined)).toBeUndefined()
    expect(encode({ type: 'ok' }, '')).toBe('{"type":"ok","ref":""}')
    expect(encode({ type: 'room', room }, undefined)).toBe(JSON.stringify({ type: 'room', room }))
    expect(JSON.parse(encode({ type: 'room', room }, 'r') ?? '')).toStrictEqual({ type: 'room', room, ref: 'r' })
  })

  test('[X1] a refusal has a code, words and when to come again', () => {
    const refusal = { refused: 'rate_limited', message: 'Wait.', retry: 3 } as const
    expect(JSON.parse(parleyDialect.encodeRefusal(refusal, 'r') ?? '')).toStrictEqual({
      type: 'error',
      ref: 'r',
      code: 'rate_limited',
      message: 'Wait.',
      retry: 3,
    })
    expect(parleyDialect.encodeRefusal(refusal, undefined)).not.toContain('ref"')
  })
})
