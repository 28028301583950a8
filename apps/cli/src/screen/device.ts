import { createInterface, emitKeypressEvents, type Key } from 'node:readline'
import { PassThrough } from 'node:stream'

/** Where the cursor stands, from 0. */
export interface Place {
  readonly row: number
  readonly column: number
}

export interface Size {
  readonly columns: number
  readonly rows: number
}

/** A whole terminal to draw on. */
export interface Device {
  size(): Size
  /** Shows these rows from the top; each must fit. Only what changed is written. */
  draw(rows: readonly string[], cursor: Place): void
  /** Draws everything anew the next time. */
  forget(): void
  /** Takes the terminal, and gives it back as it was. Both may be done several times. */
  enter(): void
  leave(): void
}

interface Options {
  readonly input: NodeJS.ReadableStream & { setRawMode(isRaw: boolean): unknown }
  readonly output: NodeJS.WritableStream & Size
  readonly key: (text: string | undefined, key: Key, isPasted: boolean) => void
  readonly resized: () => void
}

/** The other screen, no breaking of lines, pasted text marked, and a word when one looks here or away. */
const taken = '\x1b[?1049h\x1b[?7l\x1b[?2004h\x1b[?1004h\x1b[2J'
const given = '\x1b[?1004l\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l'
/** Terminals that know it show all of what is between these at once. */
const begin = '\x1b[?2026h\x1b[?25l'
const end = '\x1b[?25h\x1b[?2026l'

/** A lone Escape is told from the beginning of another key by what follows within this. */
const escapeMs = 50

const at = (row: number, column: number): string => `\x1b[${row + 1};${column + 1}H`

export const createDevice = ({ input, output, key, resized }: Options): Device => {
  let drawn: readonly string[] = []
  let isTaken = false
  let isPasted = false
  let isTypedBefore = false
  const patience = createInterface({ input: new PassThrough(), escapeCodeTimeout: escapeMs })
  emitKeypressEvents(input, patience)

  const heard = (text: string | undefined, pressed: Key): void => {
    if (pressed.name === 'paste-start') isPasted = true
    else if (pressed.name === 'paste-end') isPasted = false
    else if (isTypedBefore && pressed.name === 'enter')
      key('\r', { ...pressed, name: 'return', sequence: '\r' }, isPasted)
    else key(text, pressed, isPasted)
  }
  /**
   * What was typed before waits to be read, and the terminal has made a line feed of each Enter in it. It is read when
   * Node looks at its inputs the next time, which it has done once two immediates have passed, wherever they began.
   */
  const takeTypedBefore = (): void => {
    isTypedBefore = true
    setImmediate(() =>
      setImmediate(() => {
        isTypedBefore = false
      }),
    )
  }
  const changed = (): void => {
    drawn = []
    resized()
  }
  const leave = (): void => {
    if (!isTaken) return
    isTaken = false
    output.write(given)
    output.off('resize', changed)
    input.off('keypress', heard)
    input.setRawMode(false)
    input.pause()
  }
  return {
    size: () => ({ columns: output.columns, rows: output.rows }),
    draw(rows, cursor) {
      if (!isTaken) return
      const news = rows.map((row, index) => (row === drawn[index] ? '' : `${at(index, 0)}${row}\x1b[0m\x1b[K`))
      drawn = rows
      output.write(`${begin}${news.join('')}${at(cursor.row, cursor.column)}${end}`)
    },
    forget() {
      drawn = []
    },
    enter() {
      if (isTaken) return
      isTaken = true
      drawn = []
      output.write(taken)
      output.on('resize', changed)
      input.on('keypress', heard)
      input.setRawMode(true)
      input.resume()
      takeTypedBefore()
    },
    leave,
  }
}
