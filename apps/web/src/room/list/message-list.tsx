import { useMessages, useOutbox, useRoom, useUnread } from '@parley/client/react'
import { type ReactElement, useMemo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { Button } from '../../parts/button.tsx'
import { ListBox } from '../../parts/list-box.tsx'
import { useRoomTitle } from '../../people/use-room-title.ts'
import { useRoomContext } from '../room-context.ts'
import { JumpPill } from './jump-pill.tsx'
import { ListRow } from './list-row.tsx'
import { rowsOf } from './rows.ts'
import { Skeleton } from './skeleton.tsx'
import { useArrowKeys } from './use-arrow-keys.ts'
import { useKept } from './use-kept.ts'
import { useLanding } from './use-landing.ts'
import { useNewSince } from './use-new-since.ts'
import { useOlder } from './use-older.ts'
import { usePinned } from './use-pinned.ts'
import { usePrepended } from './use-prepended.ts'
import { useReading } from './use-reading.ts'

/** What was said in the room: as much as is seen is drawn, and nothing moves that the reader did not move. */
export const MessageList = (): ReactElement => {
  const t = useTranslations('room')
  const { room, me, target } = useRoomContext()
  const facts = useRoom(room)
  const titleOf = useRoomTitle()
  const { messages, isLoading, hasOlder, older } = useMessages(room)
  const outbox = useOutbox(room)
  const unread = useUnread(room)
  const [newSince, seen] = useNewSince(room)
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const [isAway, setAway] = useState(false)

  const { shown, isHeldBack, shift } = usePrepended(messages, scroller)
  const isMore = hasOlder || isHeldBack
  const rows = useMemo(
    () => rowsOf({ messages: shown, outbox, hasOlder: isMore, me, newSince }),
    [shown, outbox, isMore, me, newSince],
  )
  const { drawn, kept } = useKept({ rows, first: shown[0]?.seq, shift })
  const pinned = usePinned({ scroller, content, rows, changed: setAway })
  const { isFetching, hasFailed, look } = useOlder({
    scroller,
    hasOlder,
    isLoading: isLoading || isHeldBack,
    older,
    rows,
  })
  const landing = useLanding({ list, rows, isReady: !isLoading, target, room, pinned })
  const reading = useReading({ room, rows, list, scroller })
  const onKeyDown = useArrowKeys(scroller)

  const toEnd = (): void => {
    pinned.toEnd()
    seen()
  }
  return (
    <div className="relative min-h-0 flex-1">
      <section
        ref={scroller}
        aria-label={facts && t('messages', { room: titleOf(facts) })}
        aria-busy={isLoading}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && isAway) toEnd()
          else onKeyDown(event)
        }}
        onScroll={() => {
          pinned.scrolled()
          look()
          reading()
        }}
        className="flex h-full flex-col overflow-x-hidden overflow-y-auto overscroll-contain [overflow-anchor:none] focus-visible:outline-offset-[-2px]"
      >
        <div className="grow" />
        <div ref={content} className="pt-4 pb-1">
          <Virtualizer
            as={ListBox}
            ref={list}
            data={rows}
            scrollRef={scroller}
            shift={shift}
            keepMounted={kept}
            bufferSize={400}
          >
            {(row) => <ListRow key={row.key} row={row} drawn={drawn} />}
          </Virtualizer>
        </div>
        {isLoading && rows.length <= 1 && <Skeleton />}
      </section>
      {(isFetching || hasFailed || landing === 'missing') && (
        <div className="late pointer-events-none absolute inset-x-0 top-3 flex justify-center" role="status">
          <div className="pointer-events-auto flex items-center gap-3 rounded-full bg-raised px-4 py-1.5 text-side text-quiet shadow-float">
            {landing === 'missing' && !isFetching ? t('notFound') : t(hasFailed ? 'olderFailed' : 'loadingOlder')}
            {hasFailed && (
              <Button look="link" className="h-6 px-2" onClick={look}>
                {t('tryAgain')}
              </Button>
            )}
          </div>
        </div>
      )}
      {isAway && <JumpPill unread={unread} jump={toEnd} />}
    </div>
  )
}
