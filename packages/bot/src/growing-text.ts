/** How a text that grows is brought to those who read it, piece by piece. */
export interface GrowingTextOptions {
  /** Brings all of `text` from `at` (UTF-16 units) on; says whether anybody still wants more. */
  readonly send: (at: number, text: string) => Promise<boolean>
  readonly after: (ms: number, act: () => void) => () => void
  /** The least time between two pieces. */
  readonly intervalMs: number
}

export interface GrowingText {
  add(text: string): void
  /** All of it, sent or not. */
  readonly text: string
  /** Sends what is left, and waits until it has arrived. */
  settle(): Promise<void>
}

/** A long text is written anew with each piece, so that its pieces are rarer: by 1 ms for so many units. */
const unitsPerMs = 60

/** Gathers text, and sends one piece at a time. A piece that cannot be sent ends it: `settle` then rejects. */
export const growingText = ({ send, after, intervalMs }: GrowingTextOptions): GrowingText => {
  let text = ''
  let sent = 0
  let isWanted = true
  let failure: unknown
  let callOff: () => void = () => {}
  let isPlanned = false
  let underWay: Promise<void> | undefined

  const flush = async (): Promise<void> => {
    const [at, piece] = [sent, text.slice(sent)]
    sent = text.length
    try {
      isWanted = await send(at, piece)
    } catch (error) {
      failure = error
      isWanted = false
    }
    underWay = undefined
    plan()
  }
  const plan = (): void => {
    if (!isWanted || isPlanned || underWay || sent === text.length) return
    isPlanned = true
    callOff = after(Math.max(intervalMs, text.length / unitsPerMs), () => {
      isPlanned = false
      underWay = flush()
    })
  }
  return {
    add(more) {
      text += more
      plan()
    },
    get text() {
      return text
    },
    async settle() {
      callOff()
      await underWay
      callOff()
      if (isWanted && sent < text.length) await flush()
      if (failure !== undefined) throw failure
    },
  }
}
