import { WebSocketServer } from 'ws'
import { serve } from './serve.ts'

/** What everybody writes first: each socket is sent the text, and `ws` frames it each time. */
const sockets = new WebSocketServer({ server: serve(), path: '/ws' })

sockets.on('connection', (socket) => {
  socket.on('message', (data) => {
    const text = data.toString()
    for (const each of sockets.clients) each.send(text)
  })
})
