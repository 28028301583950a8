import fc from 'fast-check'

/**
 * How frames travel. `prompt`: at once and in order. `late`: all arrive, but late, doubled, in any order. `lossy`: some
 * do not arrive.
 */
export type Regime = 'prompt' | 'late' | 'lossy'

/** What somebody says, with numbers in place of names: who, where and what they stand for is the stage's to know. */
export type Saying =
  | { readonly say: 'send' | 'edit'; readonly room: number; readonly slot: number; readonly text: number }
  | { readonly say: 'delete'; readonly room: number; readonly of: number; readonly slot: number }
  | { readonly say: 'react'; readonly room: number; readonly of: number; readonly slot: number; readonly on: boolean }
  | { readonly say: 'create' | 'join' | 'leave'; readonly room: number }
  | { readonly say: 'invite' | 'remove'; readonly room: number; readonly user: number }
  | { readonly say: 'direct'; readonly user: number }
  | { readonly say: 'read'; readonly room: number; readonly back: number }
  | { readonly say: 'set'; readonly room: number; readonly text: number }
  | { readonly say: 'rename'; readonly text: number }
  /** About one of the latest replies of the bot. */
  | { readonly say: 'stop' | 'retry' | 'variant'; readonly back: number; readonly slot: number }

export type Step =
  /** With `lost` the answer does not arrive: the connection dies first. */
  | { readonly do: 'say'; readonly by: number; readonly what: Saying; readonly lost: boolean }
  /**
   * Clients at the same time, each one thing after another, in the order that the seed gives to their calls of ports.
   * Who is away comes back in that time.
   */
  | {
      readonly do: 'together'
      readonly all: readonly { readonly by: number; readonly what: Saying }[]
      readonly seed: number
    }
  | { readonly do: 'heal' | 'close' | 'die' | 'return'; readonly by: number }
  /** One of the events that are on their way to `deliver` arrives there. */
  | { readonly do: 'deliver'; readonly pick: number }
  /** One of the frames that are on their way to a client arrives there. */
  | { readonly do: 'arrive'; readonly by: number; readonly pick: number }
  /** The bot begins a reply, says more of one, begins one anew as if it had died, or ends one. */
  | {
      readonly do: 'voice'
      readonly what: 'begin' | 'say' | 'anew' | 'end'
      readonly room: number
      readonly pick: number
    }
  /** Two minutes pass, in which who is connected pings. */
  | { readonly do: 'sleep' }

export interface Script {
  readonly regime: Regime
  readonly steps: readonly Step[]
  /** What befalls the frames and events, one number each, from the beginning again when used up. */
  readonly luck: readonly number[]
}

const by = fc.nat({ max: 3 })
/** Mostly the private room, where most can go wrong. */
const room = fc.constantFrom(0, 0, 0, 1, 1, 2, 3, 4)
const user = fc.nat({ max: 2 })
const slot = fc.nat({ max: 2 })
const text = fc.nat({ max: 3 })
const pick = fc.nat({ max: 9 })

const saying: fc.Arbitrary<Saying> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ say: fc.constant('send' as const), room, slot, text }) },
  { weight: 3, arbitrary: fc.record({ say: fc.constant('edit' as const), room, slot, text }) },
  { weight: 2, arbitrary: fc.record({ say: fc.constant('delete' as const), room, of: user, slot }) },
  { weight: 3, arbitrary: fc.record({ say: fc.constant('react' as const), room, of: user, slot, on: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ say: fc.constantFrom('create' as const, 'join', 'leave'), room }) },
  { weight: 3, arbitrary: fc.record({ say: fc.constantFrom('invite' as const, 'remove'), room, user }) },
  { weight: 1, arbitrary: fc.record({ say: fc.constant('direct' as const), user }) },
  { weight: 2, arbitrary: fc.record({ say: fc.constant('read' as const), room, back: fc.nat({ max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ say: fc.constant('set' as const), room, text }) },
  { weight: 1, arbitrary: fc.record({ say: fc.constant('rename' as const), text }) },
  {
    weight: 4,
    arbitrary: fc.record({
      say: fc.constantFrom('stop' as const, 'retry', 'retry', 'variant'),
      back: fc.constantFrom(0, 0, 0, 1),
      slot,
    }),
  },
)

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      by,
      what: saying,
      lost: fc.nat({ max: 9 }).map((chance) => chance === 9),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('together' as const),
      all: fc.array(fc.record({ by, what: saying }), { minLength: 2, maxLength: 6 }),
      seed: fc.nat({ max: 1_000_000 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('heal' as const, 'close', 'die', 'return'), by }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('deliver' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('arrive' as const), by, pick }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('voice' as const),
      what: fc.constantFrom('begin' as const, 'begin', 'say', 'say', 'anew', 'end'),
      room,
      pick,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sleep' as const) }) },
)

/** Anything that may happen, up to so many steps. */
export const scripts = (maxSteps: number): fc.Arbitrary<Script> =>
  fc.record({
    regime: fc.constantFrom('prompt' as const, 'late', 'lossy'),
    steps: fc.array(step, { minLength: 1, maxLength: maxSteps }),
    luck: fc.array(fc.nat({ max: 5 }), { maxLength: 40 }),
  })
