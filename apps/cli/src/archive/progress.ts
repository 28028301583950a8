import type { Counts } from '@parley/core'
import { lazily } from '../lazily.ts'

/** Shows on a terminal how far something is. Elsewhere it says nothing. */
export interface Progress {
  tell(counts: Counts): void
  /** Takes away what it has shown. */
  end(): void
}

const everyMs = 100
const number = lazily(() => new Intl.NumberFormat('en'))

export const showProgress = (
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
  now: () => number = performance.now.bind(performance),
): Progress => {
  let shownAt = Number.NEGATIVE_INFINITY
  const isShown = (): boolean => shownAt !== Number.NEGATIVE_INFINITY
  return {
    tell({ users, messages }) {
      if (!stream.isTTY || now() - shownAt < everyMs) return
      shownAt = now()
      stream.write(`\r\x1b[K${number().format(users)} users, ${number().format(messages)} messages ...`)
    },
    end() {
      if (isShown()) stream.write('\r\x1b[K')
    },
  }
}
