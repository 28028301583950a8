import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'

/** A server that is a program of others, and speaks on the port it is told. */
export interface Broker {
  readonly program: string
  /** What to start it with, after writing what it wants to read into `folder`, which is its own. */
  prepare(port: number, folder: string): Promise<readonly string[]>
  /** What it says when it listens. */
  readonly ready: RegExp
}

/** NATS core: nothing is kept, nobody acknowledges. */
export const nats: Broker = {
  program: 'nats-server',
  prepare: async (port) => ['--addr', '127.0.0.1', '--port', String(port)],
  ready: /Server is ready/,
}

/** Without limits to what waits for a client, as what is thrown away would be missing. */
const mosquittoSettings = (port: number): string => `listener ${port} 127.0.0.1
allow_anonymous true
persistence false
set_tcp_nodelay true
max_inflight_messages 0
max_queued_messages 0
connection_messages false
log_dest stderr
`

export const mosquitto: Broker = {
  program: 'mosquitto',
  prepare: async (port, folder) => {
    const file = join(folder, 'mosquitto.conf')
    await writeFile(file, mosquittoSettings(port))
    return ['-c', file]
  },
  ready: /mosquitto version \S+ running/,
}

/** A port of the loopback that nobody listens on just now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
