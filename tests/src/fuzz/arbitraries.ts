import { randomUUID } from 'node:crypto'
import { type Action, actions, limits } from '@parley/protocol'
import fc from 'fast-check'
import { seed } from '../harness/seed.ts'

/** Things that exist and things that do not, so that some of what is tried gets far. */
export interface Pools {
  readonly rooms: readonly string[]
  readonly users: readonly string[]
  readonly messages: readonly string[]
}

const trickyTexts = [
  '',
  ' ',
  '\u0000',
  '\uFEFF',
  '\u202Eabc',
  '\uD83D',
  '__proto__',
  'constructor',
  'toString',
  "' OR 1=1; DROP TABLE users; --",
  '{{7*7}}<script>alert(1)</script>',
  '../../etc/passwd',
  '%00%2e%2e/',
  '👩‍👩‍👧‍👦',
  '한'.repeat(10_000),
  'x'.repeat(10_001),
  '\\u0000',
  '\r\nSet-Cookie: a=b',
]
const trickyNumbers = [0, -0, -1, 0.5, 1e21, 1e308, 5e-324, 2 ** 31, 2 ** 53 - 1, 2 ** 53, -(2 ** 53)]

export const trickyText = fc.oneof(
  fc.constantFrom(...trickyTexts),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
)
const scalar = fc.oneof(trickyText, fc.constantFrom(...trickyNumbers), fc.double(), fc.constantFrom(null, true, false))
/** Any JSON value, with names that have a meaning in JavaScript. */
export const anyValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(fc.constantFrom('__proto__', 'constructor', 'length', 'action', 'ref'), fc.string()),
      tie('value'),
      {
        maxKeys: 4,
        noNullPrototype: true,
      },
    ),
  ),
})).value

const fieldOf = (name: string, { rooms, users, messages }: Pools): fc.Arbitrary<unknown> => {
  const id = fc.oneof(fc.constantFrom(...messages), fc.constant(randomUUID()))
  const known: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
    v: fc.constant(1),
    room: fc.constantFrom(...rooms),
    id,
    replyTo: id,
    user: fc.constantFrom(...users),
    with: fc.array(fc.constantFrom(...users), { maxLength: 11 }),
    rooms: fc.array(fc.constantFrom(...rooms), { maxLength: 5 }),
    after: fc.constantFrom(...users),
    text: fc.oneof(trickyText, fc.constantFrom('hello', 'hello again')),
    name: fc.oneof(trickyText, fc.constantFrom('Fuzzy', 'Fuzzier')),
    topic: trickyText,
    username: trickyText,
    password: trickyText,
    current: trickyText,
    emoji: fc.constantFrom('👍', '🎉', 'x', '', '👍🏽', '1️⃣'),
    on: fc.boolean(),
    banned: fc.constant(false),
    kind: fc.constantFrom('public', 'private', 'direct'),
    role: fc.constantFrom('member', 'admin', 'owner', 'guest'),
    since: fc.nat(50),
    before: fc.nat(50),
    limit: fc.integer({ min: -1, max: 501 }),
    seq: fc.nat(50),
  }
  return known[name] ?? anyValue
}

/** An object with these fields, mostly as they should be; now and then one is missing, another or too many. */
export const nearly = (names: readonly string[], pools: Pools): fc.Arbitrary<Record<string, unknown>> => {
  const fields = Object.fromEntries(
    names.map((name) => [
      name,
      fc.oneof({ weight: 9, arbitrary: fieldOf(name, pools) }, { weight: 1, arbitrary: anyValue }),
    ]),
  )
  const extra = fc.oneof(
    { weight: 9, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.dictionary(fc.string(), anyValue, { maxKeys: 2, noNullPrototype: true }) },
  )
  return fc.tuple(fc.record(fields, { requiredKeys: [] }), extra).map(([given, more]) => ({ ...given, ...more }))
}

const names = Object.keys(actions) as Action[]

/** Frames that are almost right, of every action. */
export const nearlyFrame = (pools: Pools): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .constantFrom(...names)
    .chain((action) => nearly(Object.keys(actions[action]), pools).map((fields) => ({ action, ...fields })))
    // With room for a ref.
    .filter((frame) => Buffer.byteLength(JSON.stringify(frame)) < limits.upBytes - 100)

/** Text that may or may not be JSON. */
export const anyText: fc.Arbitrary<string> = fc
  .oneof(
    trickyText,
    anyValue.map((value) => JSON.stringify(value)),
    fc
      .tuple(fc.constantFrom('[', '{"a":', '{"action":', '"', '[{'), fc.integer({ min: 1, max: 6_000 }))
      .map(([part, times]) => part.repeat(times).slice(0, 32_768)),
    fc.tuple(anyValue, fc.nat(100)).map(([value, at]) => JSON.stringify(value).slice(0, at)),
    fc.constantFrom(
      '1e999',
      '-1e999',
      `1${'0'.repeat(5_000)}`,
      '{"action":"ping","action":"hello"}',
      '{"ref":"a","ref":1}',
    ),
  )
  .filter((text) => Buffer.byteLength(text) <= limits.upBytes)

/** How much longer than usual to try. */
const effort = Number(process.env.PARLEY_TEST_EFFORT ?? 1)

/** Tries a property so many times; a failure tells the seed, and the beginning of what failed. */
export const check = <T>(property: fc.IAsyncProperty<T>, numRuns: number): Promise<void> =>
  fc.assert(property, {
    seed,
    numRuns: Math.ceil(numRuns * effort),
    endOnFailure: true,
    asyncReporter: async (run) => {
      if (!run.failed) return
      const report = await fc.asyncDefaultReportMessage(run)
      throw new Error(`${String(run.errorInstance).slice(0, 1_000)}\n${report?.slice(0, 3_000)}`)
    },
  })
