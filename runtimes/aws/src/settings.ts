import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Catalogue, readCatalogue } from '@parley/bot'
import { defaultSettings } from '@parley/core'
import { z } from 'zod'

const origins = z
  .string()
  .transform((list) => list.split(',').map((item) => item.trim()))
  .pipe(z.array(z.url()).min(1))
const rate = z.union([z.literal('off'), z.coerce.number().positive()], { error: 'a number above 0, or off' })

const budget = z.union([z.literal('off'), z.coerce.number().int().positive()], {
  error: 'a whole number above 0, or off',
})

const schema = z.object({
  AWS_REGION: z.string().min(1),
  PARLEY_TABLE: z.string().min(1),
  PARLEY_TOPIC: z.string().min(1),
  PARLEY_SOCKETS: z.url(),
  PARLEY_COMPAT_SOCKETS: z.url(),
  PARLEY_KEYS: z.string().min(1),
  PARLEY_ORIGINS: origins.optional(),
  PARLEY_GUESTS: z.enum(['on', 'off']).default('off'),
  PARLEY_COMPAT: z.enum(['on', 'off']).default('off'),
  PARLEY_RATE: rate.default(20),
  PARLEY_BUDGET_PERSON: budget.optional(),
  PARLEY_BUDGET_ROOM: budget.optional(),
  PARLEY_DELTAS: z.coerce.number().min(0.1).max(60).default(5),
})

/** What the functions are told by their environment. */
export interface Settings {
  readonly region: string
  /** The name of the table. */
  readonly table: string
  /** The ARN of the topic that what is done later goes through. */
  readonly topic: string
  /** Where frames are posted to connections: the addresses of the two stages, without a slash at the end. */
  readonly sockets: string
  readonly compatSockets: string
  /** The name of the parameter with the keys. */
  readonly keys: string
  /** The page's public origins; undefined: the loopback ones, for a stack that runs on one machine. */
  readonly origins: readonly string[] | undefined
  readonly guests: 'on' | 'off'
  readonly compat: 'on' | 'off'
  /** Frames per second and connection; undefined: no limits. */
  readonly framesPerSecond: number | undefined
  /** The models that bots speak with. */
  readonly catalogue: Catalogue
  /** Tokens a day; null: any number. */
  readonly budget: { readonly person: number | null; readonly room: number | null }
  /** A reply grows so often a second at most: each time is paid for by everybody who hears it. */
  readonly deltasPerSecond: number
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads a file that was deployed with the function's code. */
const deployed =
  (environment: Environment) =>
  (path: string): string =>
    readFileSync(join(environment.LAMBDA_TASK_ROOT ?? '', path), 'utf8')

const tokens = (given: 'off' | number | undefined, otherwise: number | null): number | null =>
  given === 'off' ? null : (given ?? otherwise)

/**
 * Reads the settings, empty ones as if they were not there.
 * @param speaks whether models are spoken with, whose keys then must be there
 * @throws {Error} names the first that is wrong and what is wrong with it
 */
export const readSettings = (environment: Environment, speaks = false): Settings => {
  const given = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, environment[name] || undefined]))
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new Error(`${String(issue?.path[0])}: ${issue?.message}`)
  }
  const read = parsed.data
  return {
    region: read.AWS_REGION,
    table: read.PARLEY_TABLE,
    topic: read.PARLEY_TOPIC,
    sockets: read.PARLEY_SOCKETS,
    compatSockets: read.PARLEY_COMPAT_SOCKETS,
    keys: read.PARLEY_KEYS,
    origins: read.PARLEY_ORIGINS,
    guests: read.PARLEY_GUESTS,
    compat: read.PARLEY_COMPAT,
    framesPerSecond: read.PARLEY_RATE === 'off' ? undefined : read.PARLEY_RATE,
    catalogue: readCatalogue(environment, deployed(environment), { keyless: !speaks }),
    budget: {
      person: tokens(read.PARLEY_BUDGET_PERSON, defaultSettings.budget.person),
      room: tokens(read.PARLEY_BUDGET_ROOM, defaultSettings.budget.room),
    },
    deltasPerSecond: read.PARLEY_DELTAS,
  }
}
