import { readFileSync } from 'node:fs'
import { BadCatalogue, type Catalogue, readCatalogue } from '@parley/bot'
import { defaultSettings } from '@parley/core'
import { z } from 'zod'
import { BadSetting } from './bad-setting.ts'
import { usualFolder } from './data-folder.ts'

const whole = (from: number, to: number) => {
  const error = `a whole number from ${from} to ${to}`
  return z.coerce.number({ error }).int({ error }).min(from, { error }).max(to, { error })
}

type Environment = Readonly<Record<string, string | undefined>>

const port = whole(0, 65_535)
const seconds = whole(1, 31_536_000)
const isOrigin = (text: string): boolean => {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && text.replace(/\/$/, '').toLowerCase() === url.origin
}
const origin = z
  .string()
  .refine(isOrigin, 'addresses like https://chat.example.org, with commas')
  .transform((text) => new URL(text).origin)
const origins = z
  .string()
  .transform((list) => list.split(',').map((item) => item.trim()))
  .pipe(z.array(origin).min(1))
const rateError = 'a number above 0, or off'
const rateNumber = z.coerce.number().positive({ error: rateError }).max(1_000_000, { error: rateError })
const rate = z.union([z.literal('off'), rateNumber], { error: rateError })
const budgetError = 'tokens a day, a whole number above 0, or off'
const budgetNumber = z.coerce
  .number({ error: budgetError })
  .int({ error: budgetError })
  .positive({ error: budgetError })
  .max(1_000_000_000_000, { error: budgetError })
const budget = z.union([z.literal('off'), budgetNumber], { error: budgetError })
const deltasError = 'a number from 0.1 to 60'
const deltas = z.coerce.number({ error: deltasError }).min(0.1, { error: deltasError }).max(60, { error: deltasError })
const oneOf = <const T extends readonly string[]>(...words: T) => z.enum(words, { error: words.join(' or ') })

const schema = z.object({
  PORT: port.default(8080),
  HOST: z.string().min(1).max(255).default('127.0.0.1'),
  PARLEY_DATA: z.string().min(1).default(usualFolder),
  PARLEY_ORIGINS: origins.optional(),
  PARLEY_GUESTS: oneOf('on', 'off').optional(),
  PARLEY_COMPAT: oneOf('on', 'off').default('off'),
  PARLEY_PROXIES: whole(0, 10).default(0),
  PARLEY_RATE: rate.default(20),
  PARLEY_KEY: z.string().min(32, 'at least 32 characters').optional(),
  PARLEY_SOCKET_IDLE: seconds.optional(),
  PARLEY_SOCKET_LIFE: seconds.optional(),
  PARLEY_BUDGET_PERSON: budget.optional(),
  PARLEY_BUDGET_ROOM: budget.optional(),
  PARLEY_DELTAS: deltas.default(10),
  PARLEY_LOG: oneOf('debug', 'info', 'warn', 'error', 'silent').default('info'),
})

/** What the server is told by its environment. Times in milliseconds. */
export interface Settings {
  /** 0: any free one */
  readonly port: number
  readonly host: string
  /** The folder of everything that is kept. */
  readonly data: string
  /** The page's public origins; undefined: the loopback ones. */
  readonly origins: readonly string[] | undefined
  /** Undefined: only where nobody from outside can come. */
  readonly guests: 'on' | 'off' | undefined
  /** Whether clients of other chat systems are served too. */
  readonly compat: boolean
  /** How many proxies of one's own stand in front, each of which says in `X-Forwarded-For` who asked it. */
  readonly proxies: number
  /** Frames per second and connection; undefined: no limits. */
  readonly framesPerSecond: number | undefined
  /** The key that signs tokens; undefined: the one in the data folder. */
  readonly key: string | undefined
  /** How long a socket may be without a frame, and how old it may become. */
  readonly socketIdleMs: number | undefined
  readonly socketLifeMs: number | undefined
  /** The models that bots may speak with. */
  readonly catalogue: Catalogue
  /** Tokens that a person, and a room, may use on a day; null: any number. */
  readonly budget: { readonly person: number | null; readonly room: number | null }
  /** A reply grows so often a second at most. */
  readonly deltasPerSecond: number
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** @throws {BadSetting} */
const models = (environment: Environment): Catalogue => {
  try {
    return readCatalogue(environment, (path) => readFileSync(path, 'utf8'))
  } catch (error) {
    throw error instanceof BadCatalogue ? new BadSetting(error.message) : error
  }
}

const tokens = (given: number | 'off' | undefined, otherwise: number | null): number | null =>
  given === 'off' ? null : (given ?? otherwise)

const ms = (value: number | undefined): number | undefined => (value === undefined ? undefined : value * 1000)

/**
 * Reads the settings, empty ones as if they were not there.
 * @throws {BadSetting} names the first that is wrong and what is wrong with it
 */
export const readSettings = (environment: Environment): Settings => {
  const given = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, environment[name] || undefined]))
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const name = String(issue?.path[0])
    throw new BadSetting(`${name}=${name === 'PARLEY_KEY' ? '...' : given[name]}: it takes ${issue?.message}`)
  }
  const read = parsed.data
  return {
    port: read.PORT,
    host: read.HOST,
    data: read.PARLEY_DATA,
    origins: read.PARLEY_ORIGINS,
    guests: read.PARLEY_GUESTS,
    compat: read.PARLEY_COMPAT === 'on',
    proxies: read.PARLEY_PROXIES,
    framesPerSecond: read.PARLEY_RATE === 'off' ? undefined : read.PARLEY_RATE,
    key: read.PARLEY_KEY,
    socketIdleMs: ms(read.PARLEY_SOCKET_IDLE),
    socketLifeMs: ms(read.PARLEY_SOCKET_LIFE),
    catalogue: models(environment),
    budget: {
      person: tokens(read.PARLEY_BUDGET_PERSON, defaultSettings.budget.person),
      room: tokens(read.PARLEY_BUDGET_ROOM, defaultSettings.budget.room),
    },
    deltasPerSecond: read.PARLEY_DELTAS,
    logLevel: read.PARLEY_LOG,
  }
}
