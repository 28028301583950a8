import { WebSocketServer } from 'ws'
import { framed, streamOf } from './framed.ts'
import { serve } from './serve.ts'

/** The frame is built once, and what a turn of the event loop brings is one write for each socket. */
const sockets = new WebSocketServer({ server: serve(), path: '/ws' })
let waiting: Buffer[] = []

const flush = (): void => {
  const joined = Buffer.concat(waiting)
  waiting = []
  for (const each of sockets.clients) streamOf(each).write(joined)
}

sockets.on('connection', (socket) => {
  socket.on('message', (data) => {
    if (waiting.push(framed(data as Buffer)) === 1) setImmediate(flush)
  })
})
