import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'

/** A connection to the database whose statements are prepared once, by their text. Rows have the type that is said. */
export interface Sql {
  get<Row>(text: string, ...values: readonly SQLInputValue[]): Row | undefined
  all<Row>(text: string, ...values: readonly SQLInputValue[]): Row[]
  /** Row by row, for who may stop before the end. */
  iterate<Row>(text: string, ...values: readonly SQLInputValue[]): Iterable<Row>
  /** How many rows were changed. */
  run(text: string, ...values: readonly SQLInputValue[]): number
  close(): void
}

export const sqlOf = (db: DatabaseSync): Sql => {
  const statements = new Map<string, StatementSync>()
  const prepared = (text: string): StatementSync => {
    const known = statements.get(text)
    if (known) return known
    const statement = db.prepare(text)
    statements.set(text, statement)
    return statement
  }
  return {
    get: <Row>(text: string, ...values: readonly SQLInputValue[]) => prepared(text).get(...values) as Row | undefined,
    all: <Row>(text: string, ...values: readonly SQLInputValue[]) => prepared(text).all(...values) as Row[],
    iterate: <Row>(text: string, ...values: readonly SQLInputValue[]) =>
      prepared(text).iterate(...values) as Iterable<Row>,
    run: (text, ...values) => Number(prepared(text).run(...values).changes),
    close: () => db.close(),
  }
}
