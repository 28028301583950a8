import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { onTestFinished } from 'vitest'
import { cli, type Seat } from './command.ts'

/** `parley` on a terminal of 100 columns and 40 rows. */
export interface Terminal {
  /** Presses keys; Enter is `\r`. */
  press(keys: string): void
  /** Waits until a row that one sees fits, and answers it; fails with all rows when none does within 30 s. */
  row(pattern: RegExp): Promise<string>
  /** What one sees now, from the top. */
  rows(): readonly string[]
  /** What the command ended with, and all that was written, with the sequences that terminals obey. */
  readonly ended: Promise<{ readonly code: number | null; readonly written: string }>
  /** How the terminal was set before the command and how after it, as `stty -g` tells it. */
  settings(): readonly string[]
}

const waitMs = 30_000
const size = { columns: 100, rows: 40 }

/** Where the cursor is put, and what is written from there on. */
const placed = new RegExp(String.raw`${'\x1b'}\[(\d+);(\d+)H`)

/** What one sees after all this was written: the command line writes whole rows, each from its first column. */
const seenOf = (written: string): readonly string[] => {
  const rows = Array.from({ length: size.rows }, () => '')
  const [, ...pieces] = written.slice(Math.max(0, written.lastIndexOf('\x1b[2J'))).split(placed)
  for (let index = 0; index < pieces.length; index += 3) {
    const [row, column, text = ''] = pieces.slice(index)
    if (column === '1' && text.includes('\x1b[K')) rows[Number(row) - 1] = stripVTControlCharacters(text).trimEnd()
  }
  return rows
}

/** Starts `parley` with a pseudo-terminal, of util-linux's `script`, as its input and output. */
export const openTerminal = (environment: Seat['environment'], words: readonly string[]): Terminal => {
  const command = [process.execPath, cli, ...words].map((word) => `'${word}'`).join(' ')
  const script = `stty rows ${size.rows} cols ${size.columns}; stty -g; ${command}; code=$?; stty -g; exit $code`
  const child = spawn('script', ['--quiet', '--flush', '--return', '--command', script, '/dev/null'], {
    env: { ...environment, TERM: 'xterm-256color', NO_COLOR: '1', SHELL: '/bin/sh' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let written = ''
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of [...listeners]) listener()
  }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written += text
    tell()
  })
  let isOver = false
  const ended = new Promise<{ code: number | null; written: string }>((resolve) => {
    child.on('close', (code) => {
      isOver = true
      tell()
      resolve({ code, written })
    })
  })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const row = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        clearTimeout(timer)
        listeners.delete(look)
        settle()
      }
      const fail = (why: string): void =>
        end(() => reject(new Error(`no row fits ${pattern}: ${why}\n${seenOf(written).join('\n')}\n${written}`)))
      const look = (): void => {
        const found = seenOf(written).find((one) => pattern.test(one))
        if (found !== undefined) end(() => resolve(found))
        else if (isOver) fail('it ended')
      }
      const timer = setTimeout(() => fail('nothing came in time'), waitMs)
      listeners.add(look)
      look()
    })
  return {
    press: (keys) => child.stdin.write(keys),
    row,
    rows: () => seenOf(written),
    ended,
    settings: () => written.match(/[0-9a-f]+(?::[0-9a-f]+){10,}/g) ?? [],
  }
}
