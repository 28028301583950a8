import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Catalogue, readCatalogue } from '@parley/bot'
import { defaultSettings } from '@parley/core'
import { address, addresses, number, onOrOff, orOff, reader, text } from './variables.ts'

const numberAbove0 = number('a number above 0', (read) => read > 0)
const tokenCount = number('a whole number above 0', (read) => read > 0 && Number.isInteger(read))
const deltas = number('a number from 0.1 to 60', (read) => read >= 0.1 && read <= 60)

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
 * @throws {Error} names the first that is wrong and what it takes
 */
export const readSettings = (environment: Environment, speaks = false): Settings => {
  const read = reader(environment)
  const perSecond = read('PARLEY_RATE', orOff(numberAbove0), 20)
  return {
    region: read('AWS_REGION', text),
    table: read('PARLEY_TABLE', text),
    topic: read('PARLEY_TOPIC', text),
    sockets: read('PARLEY_SOCKETS', address),
    compatSockets: read('PARLEY_COMPAT_SOCKETS', address),
    keys: read('PARLEY_KEYS', text),
    origins: read('PARLEY_ORIGINS', addresses, undefined),
    guests: read('PARLEY_GUESTS', onOrOff, 'off'),
    compat: read('PARLEY_COMPAT', onOrOff, 'off'),
    framesPerSecond: perSecond === 'off' ? undefined : perSecond,
    catalogue: readCatalogue(environment, deployed(environment), { keyless: !speaks }),
    budget: {
      person: tokens(read('PARLEY_BUDGET_PERSON', orOff(tokenCount), undefined), defaultSettings.budget.person),
      room: tokens(read('PARLEY_BUDGET_ROOM', orOff(tokenCount), undefined), defaultSettings.budget.room),
    },
    deltasPerSecond: read('PARLEY_DELTAS', deltas, 5),
  }
}
