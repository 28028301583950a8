/** A kind of value that a variable of the environment may hold. By hand: a schema would be dearer than a cold start bears. */
export interface Kind<T> {
  /** What it takes, to be read after the variable's name. */
  readonly takes: string
  /** Undefined for what it does not take. */
  readonly read: (given: string) => T | undefined
}

export const text: Kind<string> = { takes: 'a text', read: (given) => given }

export const address: Kind<string> = {
  takes: 'an address',
  read: (given) => (URL.canParse(given) ? given : undefined),
}

export const addresses: Kind<readonly string[]> = {
  takes: 'addresses with commas between them',
  read: (given) => {
    const list = given.split(',').map((item) => item.trim())
    return list.every((item) => URL.canParse(item)) ? list : undefined
  },
}

export const onOrOff: Kind<'on' | 'off'> = {
  takes: 'on or off',
  read: (given) => (given === 'on' || given === 'off' ? given : undefined),
}

export const number = (takes: string, isOne: (read: number) => boolean): Kind<number> => ({
  takes,
  read: (given) => (Number.isFinite(Number(given)) && isOne(Number(given)) ? Number(given) : undefined),
})

export const orOff = <T>({ takes, read }: Kind<T>): Kind<T | 'off'> => ({
  takes: `${takes}, or off`,
  read: (given) => (given === 'off' ? 'off' : read(given)),
})

/**
 * Reads variables by their names, empty ones as if they were not there. Without a third argument one must be there.
 * Throws with the name of what is wrong, and what it takes.
 */
export const reader =
  (environment: Readonly<Record<string, string | undefined>>) =>
  <T, Otherwise = never>(
    name: string,
    { takes, read }: Kind<T>,
    ...otherwise: readonly [Otherwise?]
  ): T | Otherwise => {
    const given = environment[name]
    if (!given && otherwise.length > 0) return otherwise[0] as Otherwise
    const value = given ? read(given) : undefined
    if (value === undefined) throw new Error(`${name}: it takes ${takes}`)
    return value
  }
