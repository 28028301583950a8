/** As much of Bun's own types as is used here. */
declare const Bun: {
  serve(options: {
    readonly hostname: string
    readonly port: number
    fetch(request: Request, server: BunServer): Response | undefined
    readonly websocket: {
      /** Seconds after which a silent socket is closed; 0 for never. */
      readonly idleTimeout: number
      open(socket: { subscribe(topic: string): void }): void
      message(socket: object, data: string | Buffer): void
    }
  }): BunServer
}

interface BunServer {
  readonly port: number
  upgrade(request: Request): boolean
  publish(topic: string, data: string | Buffer): number
}

/** Publish and subscribe as Bun has them built in: the frame is built once and sent in native code. */
const server = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  fetch: (request, self) => (self.upgrade(request) ? undefined : new Response(null, { status: 404 })),
  websocket: {
    idleTimeout: 0,
    open: (socket) => socket.subscribe('general'),
    message: (_socket, data) => void server.publish('general', data),
  },
})

process.stdout.write(`The host is ready at http://127.0.0.1:${server.port}\n`)
