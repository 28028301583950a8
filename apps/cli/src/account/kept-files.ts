import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** Where this user's programs keep what should last: https://specifications.freedesktop.org/basedir-spec. */
export const stateFolder = ({ XDG_STATE_HOME }: Environment): string =>
  join(XDG_STATE_HOME && isAbsolute(XDG_STATE_HOME) ? XDG_STATE_HOME : join(homedir(), '.local', 'state'), 'parley')

/** JSON files of one folder that nobody else can read. */
export interface KeptFiles<T> {
  /** All of them in any order; what cannot be read is left out. */
  all(): readonly T[]
  /** Whole or not at all, also if the machine stops meanwhile. */
  put(name: string, value: T): void
  remove(name: string): void
  /** Removes all. */
  clear(): void
}

export const keptFiles = <T>(folder: string): KeptFiles<T> => {
  const fileOf = (name: string): string => join(folder, `${name}.json`)
  return {
    all() {
      let names: readonly string[] = []
      try {
        names = readdirSync(folder).filter((name) => name.endsWith('.json'))
      } catch {
        return []
      }
      return names.flatMap((name) => {
        try {
          return [JSON.parse(readFileSync(join(folder, name), 'utf8')) as T]
        } catch {
          return []
        }
      })
    },
    put(name, value) {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const draft = `${fileOf(name)}.${process.pid}`
      writeFileSync(draft, `${JSON.stringify(value)}\n`, { mode: 0o600 })
      renameSync(draft, fileOf(name))
    },
    remove: (name) => rmSync(fileOf(name), { force: true }),
    clear: () => rmSync(folder, { recursive: true, force: true }),
  }
}
