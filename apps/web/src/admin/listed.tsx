import type { ReactElement } from 'react'
import { More, PaneEmpty, PaneError, PaneLoading, Rows } from './pane.tsx'
import type { Pages } from './use-pages.ts'

interface ListedProps<T> {
  readonly pages: Pages<T>
  readonly empty: string
  readonly row: (item: T) => ReactElement
}

/** A list from the server in each of its states. */
export const Listed = <T,>({ pages, empty, row }: ListedProps<T>): ReactElement => {
  const { status, items, error, hasMore, isBusy, next } = pages
  if (status === 'loading') return <PaneLoading />
  if (status === 'failed') return <PaneError error={error} retry={next} />
  if (items.length === 0) return <PaneEmpty>{empty}</PaneEmpty>
  return (
    <>
      <Rows>{items.map(row)}</Rows>
      {error === undefined ? (
        <More isShown={hasMore} isBusy={isBusy} next={next} />
      ) : (
        <div className="mt-4">
          <PaneError error={error} retry={next} />
        </div>
      )}
    </>
  )
}
