import { useClient } from '@parley/client/react'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { Row } from './rows.ts'
import type { Pinned } from './use-pinned.ts'

interface Options {
  readonly list: RefObject<VirtualizerHandle | null>
  readonly rows: readonly Row[]
  readonly isReady: boolean
  readonly room: string
  /** A message to land at; without it one lands at what is new, or at the end. */
  readonly target: number | undefined
  readonly pinned: Pinned
}

/** So many pages back a message is looked for. */
const pagesAtMost = 60

/** Where one comes out when a room opens, or when an address leads to a message: says whether that was found. */
export const useLanding = ({ list, rows, isReady, room, target, pinned }: Options): 'found' | 'missing' => {
  const client = useClient()
  const landed = useRef<number | 'begun'>(undefined)
  const [missing, setMissing] = useState<number>()

  useEffect(() => {
    if (target === undefined) return
    let isCurrent = true
    const isHeld = (): boolean => (client.state.rooms.get(room)?.window.start ?? 0) < target
    const search = async (): Promise<void> => {
      for (let page = 0; page < pagesAtMost && isCurrent && !isHeld(); page += 1) await client.older(room)
      if (isCurrent && !isHeld()) setMissing(target)
    }
    if (isReady) search().catch(() => isCurrent && setMissing(target))
    return () => {
      isCurrent = false
    }
  }, [client, room, target, isReady])

  useLayoutEffect(() => {
    if (!isReady || rows.length === 0) return
    if (target !== undefined && landed.current !== target) {
      const start = client.state.rooms.get(room)?.window.start ?? 0
      const index =
        start < target ? rows.findLastIndex((row) => row.kind === 'message' && row.message.seq <= target) : -1
      if (index < 0) return
      landed.current = target
      pinned.release()
      list.current?.scrollToIndex(index, { align: 'center' })
      return
    }
    if (landed.current !== undefined) return
    landed.current = 'begun'
    const fresh = rows.findIndex(({ kind }) => kind === 'new')
    if (fresh < 0) {
      list.current?.scrollToIndex(rows.length - 1, { align: 'end' })
      return
    }
    pinned.release()
    list.current?.scrollToIndex(fresh, { align: 'start', offset: -72 })
  }, [client, room, isReady, rows, target, list, pinned])
  return missing !== undefined && missing === target ? 'missing' : 'found'
}
