import { useEffect, useMemo, useState } from 'react'
import type { Row } from './rows.ts'

interface Options {
  readonly rows: readonly Row[]
  /** The `seq` of the first message in them. */
  readonly first: number | undefined
  /** Older rows come above what is drawn, now. */
  readonly shift: boolean
}

interface Kept {
  /** What was the first message when they began to be kept. */
  readonly first: number | undefined
  readonly keys: ReadonlySet<string>
}

const nothing: Kept = { first: undefined, keys: new Set() }

/** Long after the list has heard of the scroll by which it made up for what came. */
const keptMs = 500

/**
 * Keeps what is drawn while older rows come above it. Until the list hears of the scroll by which it makes up for them it
 * takes what it has drawn by its numbers, which are other rows' then: all would be drawn anew.
 * @returns `drawn`: where rows tell that they are drawn, by their keys; `kept`: numbers of rows that are to stay
 */
export const useKept = ({
  rows,
  first,
  shift,
}: Options): { readonly drawn: Set<string>; readonly kept: readonly number[] } => {
  const [drawn] = useState(() => new Set<string>())
  const [{ first: keptAt, keys }, setKept] = useState(nothing)
  if (shift && first !== keptAt) setKept({ first, keys: new Set(drawn) })
  useEffect(() => {
    if (keys.size === 0) return
    const timer = setTimeout(() => setKept(nothing), keptMs)
    return () => clearTimeout(timer)
  }, [keys])
  const kept = useMemo(() => rows.flatMap(({ key }, number) => (keys.has(key) ? [number] : [])), [rows, keys])
  return { drawn, kept }
}
