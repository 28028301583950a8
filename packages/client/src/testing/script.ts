import fc from 'fast-check'

/** What somebody does with a client. Numbers stand for one of what there is. */
export type Deed =
  | { readonly deed: 'send'; readonly room: number; readonly replies: boolean }
  | { readonly deed: 'edit' | 'delete'; readonly room: number; readonly back: number }
  | { readonly deed: 'react'; readonly room: number; readonly back: number; readonly on: boolean }
  | { readonly deed: 'open' | 'close' | 'older' | 'typing' | 'join' | 'leave' | 'create'; readonly room: number }
  | { readonly deed: 'read'; readonly room: number; readonly back: number }
  | { readonly deed: 'invite' | 'remove'; readonly room: number; readonly person: number }
  | { readonly deed: 'direct'; readonly person: number }
  | { readonly deed: 'topic'; readonly room: number }
  /** What becomes of a bot's latest reply. */
  | { readonly deed: 'stop' | 'retry' }
  | { readonly deed: 'variant'; readonly index: number }
  | { readonly deed: 'rename' }

export type Step =
  | { readonly do: 'act'; readonly by: number; readonly what: Deed }
  /** The bot of the server, or the one from outside, begins a reply, says more of one, takes one up again, ends one. */
  | {
      readonly do: 'voice'
      readonly what: 'begin' | 'say' | 'anew' | 'again' | 'end'
      readonly room: number
      readonly pick: number
    }
  | { readonly do: 'speak'; readonly what: 'begin' | 'say' | 'end'; readonly room: number; readonly pick: number }
  | { readonly do: 'pass'; readonly ms: number }
  /** The connection breaks; `told`: the server learns it as well. */
  | { readonly do: 'cut'; readonly by: number; readonly told: boolean }
  /** Nothing gets through any more, and nobody is told. */
  | { readonly do: 'freeze'; readonly by: number }
  /** The client is gone in the middle of whatever it does, and a new one begins with what was kept. */
  | { readonly do: 'reload'; readonly by: number }
  | { readonly do: 'renew'; readonly by: number }
  /** The server ends, with a word or without, and is back after a while. */
  | { readonly do: 'restart'; readonly ms: number; readonly bye: boolean }

/** What may happen besides the steps. */
export interface Mischief {
  /** Frames and requests take long. */
  readonly slow: boolean
  /** Some take longer than anybody waits. */
  readonly stalling: boolean
  /** Events get lost, come late and twice. */
  readonly lossy: boolean
  /** Frames of one socket overtake each other. */
  readonly overtaking: boolean
  /** Commands that run at the same time come between each other's steps. */
  readonly interleaved: boolean
  /** Rates are limited. */
  readonly limited: boolean
}

export interface Script {
  /** Of what befalls frames and requests on their way. */
  readonly seed: number
  readonly mischief: Mischief
  readonly steps: readonly Step[]
}

/** Ada has two devices; Bea, the guest Cai and the bot from outside have one. */
export const deviceCount = 5

/** Only people act. */
const by = fc.nat({ max: deviceCount - 2 })
const device = fc.nat({ max: deviceCount - 1 })
/** General most of all, so that it is lively there. */
const room = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.nat({ max: 4 }) })
const back = fc.nat({ max: 4 })
const person = fc.nat({ max: 2 })

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ deed: fc.constant('send' as const), room, replies: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ deed: fc.constantFrom('edit' as const, 'delete'), room, back }) },
  { weight: 3, arbitrary: fc.record({ deed: fc.constant('react' as const), room, back, on: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ deed: fc.constantFrom('open' as const, 'close', 'older', 'typing'), room }) },
  { weight: 3, arbitrary: fc.record({ deed: fc.constantFrom('join' as const, 'leave', 'create'), room }) },
  { weight: 3, arbitrary: fc.record({ deed: fc.constant('read' as const), room, back }) },
  { weight: 3, arbitrary: fc.record({ deed: fc.constantFrom('invite' as const, 'remove'), room, person }) },
  { weight: 1, arbitrary: fc.record({ deed: fc.constant('direct' as const), person }) },
  { weight: 1, arbitrary: fc.record({ deed: fc.constant('topic' as const), room }) },
  { weight: 1, arbitrary: fc.record({ deed: fc.constant('rename' as const) }) },
  { weight: 7, arbitrary: fc.record({ deed: fc.constantFrom('stop' as const, 'retry', 'retry') }) },
  { weight: 2, arbitrary: fc.record({ deed: fc.constant('variant' as const), index: fc.nat({ max: 2 }) }) },
)

const pick = fc.nat({ max: 11 })
const voiced = fc.constantFrom('begin' as const, 'say', 'say', 'say', 'anew', 'again', 'end')
const spoken = fc.constantFrom('begin' as const, 'say', 'say', 'say', 'end')

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('voice' as const), what: voiced, room, pick }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('speak' as const), what: spoken, room, pick }) },
  { weight: 14, arbitrary: fc.record({ do: fc.constant('act' as const), by, what: deed }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(20, 300, 2_000, 15_000) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const), by: device, told: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('freeze' as const, 'reload', 'renew'), by: device }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('restart' as const), ms: fc.constantFrom(10, 5_000), bye: fc.boolean() }),
  },
)

export const script: fc.Arbitrary<Script> = fc.record({
  seed: fc.nat(),
  mischief: fc.record({
    slow: fc.boolean(),
    stalling: fc.boolean(),
    lossy: fc.boolean(),
    overtaking: fc.boolean(),
    interleaved: fc.boolean(),
    limited: fc.boolean(),
  }),
  steps: fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }),
})
