import type { Writing } from './writing.ts'

/** Writes what is there already: shows that the file takes something. */
export const probe = ({ sql }: Writing, _: null): void => {
  const version = Number(sql.get<{ user_version: number }>('PRAGMA user_version')?.user_version)
  sql.run(`PRAGMA user_version = ${version}`)
}
