import { readFileSync } from 'node:fs'

/** The columns of the table "Who may what" of the protocol page, in its order. */
const columns = ['guest', 'member', 'admin of the room', 'admin, owner of the server'] as const
export type Column = (typeof columns)[number]

/** The rows, by how they begin on the page. */
export const rights = [
  'read public rooms',
  'join public rooms',
  'direct rooms',
  'create rooms',
  'invite with a `role`',
  'broadcast, connections, accounts',
  'make admins and owners',
] as const
export type Right = (typeof rights)[number]

const page = readFileSync(new URL('../../../packages/protocol/PROTOCOL.md', import.meta.url), 'utf8')
const section = page.split('\n## Who may what\n')[1]?.split('\n## ')[0] ?? ''
const [head = [], , ...rows] = section
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )

/** What the page has where, for a test that it is still the table which the walk knows. */
export const table = { columns: head.slice(1), rows }

const words = { yes: true, 'yes, there': true, no: false } as const

/** Whether the page says that these may. `owner`: where only owners may. */
export const pageSays = (right: Right, column: Column, owner = false): boolean => {
  const cell = rows.find(([first]) => first?.startsWith(right))?.[1 + columns.indexOf(column)] ?? ''
  if (cell === 'only owners') return owner
  if (!Object.hasOwn(words, cell)) throw new Error(`the page says ${JSON.stringify(cell)} of ${right}, ${column}`)
  return words[cell as keyof typeof words]
}
