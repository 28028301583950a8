import type { Connection } from './connection.ts'

const fewest = 10
const wantedBytes = 8 * 1024

/**
 * Lets members who do not speak read now and then, a few of them each millisecond, so that one read takes several
 * messages: a process that woke for each message of each of a thousand sockets would be slower than the servers it
 * measures. How many a turn is follows what they find, so that no socket's buffer runs full.
 */
export const lazyReaders = (connections: readonly Connection[]): { stop(): void } => {
  let next = 0
  let turn = fewest
  let before = 0
  let among: readonly Connection[] = []
  for (const connection of connections) connection.lazy = true
  const timer = setInterval(() => {
    if (connections.length === 0) return
    let bytes = -before
    for (const connection of among) bytes += connection.bytesRead
    const ratio = among.length > 0 ? bytes / among.length / wantedBytes : 1
    turn = Math.max(fewest, Math.min(connections.length, Math.ceil(turn * Math.max(0.5, Math.min(4, ratio)))))
    among = Array.from({ length: turn }, () => connections[next++ % connections.length] as Connection)
    before = 0
    for (const connection of among) {
      before += connection.bytesRead
      connection.read()
    }
  }, 1)
  return {
    stop: () => {
      clearInterval(timer)
      for (const connection of connections) {
        connection.lazy = false
        connection.read()
      }
    },
  }
}
