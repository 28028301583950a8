import { expect, test } from 'vitest'
import { showProgress } from './progress.ts'

const counts = (messages: number) => ({ users: 2, rooms: 1, members: 2, messages, broadcasts: 0 })

const terminal = (isTTY: boolean) => {
  const written: string[] = []
  return { isTTY, write: (text: string) => written.push(text) > 0, written }
}

test('a terminal is told ten times a second how far it is, and is left clean', () => {
  let now = 5_000
  const screen = terminal(true)
  const progress = showProgress(screen as never, () => now)
  for (let messages = 1_000; messages <= 31_000; messages += 1_000) {
    progress.tell(counts(messages))
    now += 10
  }
  progress.end()
  const line = (messages: string) => `\r\x1b[K2 users, ${messages} messages ...`
  expect(screen.written).toEqual([line('1,000'), line('11,000'), line('21,000'), line('31,000'), '\r\x1b[K'])
})

test('what is no terminal is told nothing, nor is one where nothing was done', () => {
  const pipe = terminal(false)
  const progress = showProgress(pipe as never)
  progress.tell(counts(1))
  progress.end()
  expect(pipe.written).toEqual([])
  const screen = terminal(true)
  showProgress(screen as never).end()
  expect(screen.written).toEqual([])
})
