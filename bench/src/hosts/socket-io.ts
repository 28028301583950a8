import { Server } from 'socket.io'
import { serve } from './serve.ts'

/** Socket.IO as its guide has it: one room, WebSocket only, in memory. */
const io = new Server(serve(), { transports: ['websocket'], serveClient: false })

io.on('connection', (socket) => {
  socket.join('general')
  socket.on('message', (message: unknown) => io.to('general').emit('message', message))
})
