import { useClient } from '@parley/client/react'
import { type RefObject, useEffect, useEffectEvent } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { Row } from './rows.ts'

interface Options {
  readonly room: string
  readonly rows: readonly Row[]
  readonly list: RefObject<VirtualizerHandle | null>
  readonly scroller: RefObject<HTMLElement | null>
}

/** Moves the read marker to the last message that has been on the screen while somebody looked. */
export const useReading = ({ room, rows, list, scroller }: Options): (() => void) => {
  const client = useClient()
  const read = (): void => {
    const element = scroller.current
    const handle = list.current
    if (!element || !handle || document.visibilityState !== 'visible' || !document.hasFocus()) return
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 8
    let index = isAtEnd ? rows.length - 1 : handle.findItemIndex(element.scrollTop + element.clientHeight) - 1
    while (index >= 0 && rows[index]?.kind !== 'message') index -= 1
    const row = rows[index]
    const held = client.state.rooms.get(room)
    if (row?.kind === 'message' && held && row.message.seq > held.read) client.read(room, row.message.seq)
  }
  const readNow = useEffectEvent(read)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it reads when there are other rows
  useEffect(() => {
    const frame = requestAnimationFrame(() => readNow())
    return () => cancelAnimationFrame(frame)
  }, [rows])
  useEffect(() => {
    const come = (): void => readNow()
    addEventListener('focus', come)
    document.addEventListener('visibilitychange', come)
    return () => {
      removeEventListener('focus', come)
      document.removeEventListener('visibilitychange', come)
    }
  }, [])
  return read
}
