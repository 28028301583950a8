import { WebSocketServer } from 'ws'
import { framed, streamOf } from './framed.ts'
import { serve } from './serve.ts'

/** The frame is built once, and each socket is written it at once. */
const sockets = new WebSocketServer({ server: serve(), path: '/ws' })

sockets.on('connection', (socket) => {
  socket.on('message', (data) => {
    const frame = framed(data as Buffer)
    for (const each of sockets.clients) streamOf(each).write(frame)
  })
})
