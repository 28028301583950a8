/** Names and values of one expression, as DynamoDB wants them: by placeholders. */
interface Binder {
  name(name: string): string
  value(value: unknown): string
}

/** What must hold of an item, so that it is written. */
export type Condition = (binder: Binder) => string

export const exists =
  (name: string): Condition =>
  (binder) =>
    `attribute_exists(${binder.name(name)})`
export const absent =
  (name: string): Condition =>
  (binder) =>
    `attribute_not_exists(${binder.name(name)})`
const compared =
  (operator: string) =>
  (name: string, value: unknown): Condition =>
  (binder) =>
    `${binder.name(name)} ${operator} ${binder.value(value)}`
export const equal = compared('=')
export const different = compared('<>')
export const below = compared('<')
export const above = compared('>')
export const atLeast = compared('>=')
export const atMost = compared('<=')
export const lacks =
  (name: string, member: string): Condition =>
  (binder) =>
    `NOT contains(${binder.name(name)}, ${binder.value(member)})`

const joined =
  (word: string) =>
  (...conditions: readonly Condition[]): Condition =>
  (binder) =>
    `(${conditions.map((condition) => condition(binder)).join(` ${word} `)})`
export const both = joined('AND')
export const either = joined('OR')

/** What an update does with the attributes that it names. `add` and `take`: members of a set of strings. */
export interface Changes {
  readonly set?: Readonly<Record<string, unknown>>
  readonly remove?: readonly string[]
  readonly add?: Readonly<Record<string, readonly string[]>>
  readonly take?: Readonly<Record<string, readonly string[]>>
}

/** Builds the parts of a request that stand for expressions; asked for nothing, it builds nothing. */
export const expressions = (build: (binder: Binder) => Readonly<Record<string, string | undefined>>) => {
  const names: Record<string, string> = {}
  const values: Record<string, unknown> = {}
  const built = build({
    name: (name) => {
      const placeholder = `#n${Object.keys(names).length}`
      names[placeholder] = name
      return placeholder
    },
    value: (value) => {
      const placeholder = `:v${Object.keys(values).length}`
      values[placeholder] = value
      return placeholder
    },
  })
  return {
    ...Object.fromEntries(Object.entries(built).filter(([, text]) => text !== undefined)),
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  }
}

/** The text of an update. Empty sets are left out: DynamoDB knows none. */
export const updateText = ({ set = {}, remove = [], add = {}, take = {} }: Changes, binder: Binder): string => {
  const settings = Object.entries(set).map(([name, value]) => `${binder.name(name)} = ${binder.value(value)}`)
  const members = (sets: Readonly<Record<string, readonly string[]>>) =>
    Object.entries(sets)
      .filter(([, list]) => list.length > 0)
      .map(([name, list]) => `${binder.name(name)} ${binder.value(new Set(list))}`)
  const clauses = {
    SET: settings,
    REMOVE: remove.map((name) => binder.name(name)),
    ADD: members(add),
    DELETE: members(take),
  }
  return Object.entries(clauses)
    .filter(([, list]) => list.length > 0)
    .map(([word, list]) => `${word} ${list.join(', ')}`)
    .join(' ')
}
