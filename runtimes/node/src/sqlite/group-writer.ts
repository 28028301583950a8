import { type Order, perform } from './acts/table.ts'
import { forget, type Writing } from './acts/writing.ts'
import { messageOf, type Reason, reasonOf } from './failures.ts'
import { marks } from './marks.ts'
import type { Sql } from './sql.ts'

/**
 * What became of an order, as plain data: it was done, with this answer if any; the storage failed; or the order did,
 * by its own fault, and the others of its group were done.
 */
export type Outcome =
  | { readonly done?: unknown }
  | { readonly unavailable: Reason; readonly cause: string }
  | { readonly failed: string }

export interface GroupWriter {
  /** Carries out orders in one transaction: when it returns they are on the disk. Never throws. */
  run(orders: readonly Order[]): readonly Outcome[]
  close(): void
}

/** Writes groups over a connection that is opened when it is first needed, and again after the storage has failed. */
export const groupWriter = (open: () => Sql): GroupWriter => {
  let writing: Writing | undefined

  const dismiss = (): void => {
    try {
      writing?.sql.close()
    } finally {
      writing = undefined
    }
  }

  const transact = (orders: readonly Order[], each: (writing: Writing, order: Order) => Outcome): Outcome[] => {
    writing ??= { sql: open(), heads: new Map(), marks: marks() }
    const { sql } = writing
    sql.run('BEGIN IMMEDIATE')
    try {
      const outcomes: Outcome[] = []
      for (const order of orders) outcomes.push(each(writing, order))
      sql.run('COMMIT')
      return outcomes
    } catch (error) {
      forget(writing)
      if (reasonOf(error) === undefined) sql.run('ROLLBACK')
      throw error
    }
  }

  const allUnavailable = (orders: readonly Order[], error: unknown): readonly Outcome[] => {
    dismiss()
    const outcome = { unavailable: reasonOf(error) ?? 'other', cause: messageOf(error) }
    return orders.map(() => outcome)
  }

  return {
    run(orders) {
      try {
        return transact(orders, plainly)
      } catch (error) {
        if (reasonOf(error) !== undefined) return allUnavailable(orders, error)
      }
      try {
        return transact(orders, guarded)
      } catch (error) {
        return allUnavailable(orders, error)
      }
    },
    close: dismiss,
  }
}

/** For the common case, in which no act fails: two statements less for each. */
const plainly = (writing: Writing, order: Order): Outcome => ({ done: perform(writing, order) })

const guarded = (writing: Writing, order: Order): Outcome => {
  const { sql } = writing
  sql.run('SAVEPOINT act')
  try {
    const done = perform(writing, order)
    sql.run('RELEASE act')
    return { done }
  } catch (error) {
    if (reasonOf(error) !== undefined) throw error
    forget(writing)
    sql.run('ROLLBACK TO act')
    sql.run('RELEASE act')
    return { failed: messageOf(error) }
  }
}
