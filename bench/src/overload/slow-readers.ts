import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Connection } from '../load/connection.ts'
import { guestTokens } from '../load/guests.ts'
import { start } from '../servers.ts'
import { openPerson, pause } from './person.ts'

export interface SlowReaders {
  readonly readers: number
  /** MB (1,048,576 bytes) that were said to each of them while they did not read. */
  readonly said: number
  /** How many found themselves closed by the server when they read at last. */
  readonly closed: number
  /** MB that the server's process occupied at most while they read, and while they did not. */
  readonly before: number
  readonly peak: number
}

/** 30 KB on the wire. */
const text = '한'.repeat(10_000)
const sampleMs = 50
const settleMs = 3_000

const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

/** A room in which one speaks, and in which so many read what they are sent, and then no longer. */
export const measureSlowReaders = async (readers: number, messages: number): Promise<SlowReaders> => {
  const server = await start('Parley')
  try {
    const [speaker = '', ...tokens] = await guestTokens(server.url, readers + 1)
    let closed = 0
    const room: Connection[] = []
    for (const token of tokens) {
      const { connection } = await openPerson(server.url, token, undefined, () => {
        closed += 1
      })
      room.push(connection)
    }
    let answer = (): void => undefined
    const speaking = await openPerson(server.url, speaker, ({ type }) => {
      if (type === 'error') throw new Error('a message was refused')
      if (type === 'message') answer()
    })
    /** What the server's process occupies at most meanwhile. */
    const speak = async (): Promise<number> => {
      let peak = 0
      const sampler = setInterval(() => {
        peak = Math.max(peak, residentMb(server.pid))
      }, sampleMs)
      for (let nth = 0; nth < messages; nth += 1) {
        const answered = new Promise<void>((resolve) => {
          answer = resolve
        })
        speaking.say({ action: 'send', id: randomUUID(), room: 'general', text, ref: `${nth}` })
        await answered
      }
      await pause(settleMs)
      clearInterval(sampler)
      return peak
    }
    const read = (isLazy: boolean): void => {
      for (const connection of room) {
        connection.lazy = isLazy
        if (!isLazy) connection.read()
      }
    }
    const before = await speak()
    read(true)
    const peak = await speak()
    // The end of a socket is behind all that was not read.
    read(false)
    await pause(settleMs)
    speaking.connection.end()
    return { readers, said: (messages * Buffer.byteLength(text)) / 2 ** 20, closed, before, peak }
  } finally {
    await server.stop()
  }
}
