import { createServer, connect as openPlain, type Socket } from 'node:net'
import { connect as openSecure } from 'node:tls'
import type { Journal } from './history.ts'
import { createLine, type Line } from './line.ts'
import { troubleFrom } from './mischief.ts'
import { randomFrom } from './random.ts'

/** A bad network between the clients of the play and the server: sockets alone go through it. */
export interface BadNetwork {
  /** The address of the socket for one client of somebody. */
  address(who: string, device: string): string
  /** Breaks all connections that there are, so that everybody comes back at once. */
  cutAll(): void
  /** From now on nothing befalls anything. */
  calm(): void
  /** How many faults there were, by what they were. */
  readonly faults: ReadonlyMap<string, number>
  close(): Promise<void>
}

interface Options {
  /** The origin of the server. */
  readonly server: string
  readonly journal: Journal
  readonly seed: number
}

const endOfHead = '\r\n\r\n'

/** Collects an HTTP head; then calls once with it and what has come after it. */
const onHead = (socket: Socket, act: (head: string, rest: Buffer) => void): void => {
  let bytes = Buffer.alloc(0)
  const take = (chunk: Buffer): void => {
    bytes = Buffer.concat([bytes, chunk])
    const end = bytes.indexOf(endOfHead)
    if (end < 0) return
    socket.off('data', take)
    act(bytes.toString('latin1', 0, end), bytes.subarray(end + endOfHead.length))
  }
  socket.on('data', take)
}

/** The same request for the server itself: to its own name, and without compression, so that frames can be read. */
const headFor = (head: string, path: string, host: string): string => {
  const [, ...lines] = head.split('\r\n')
  const kept = lines.filter((line) => !/^(host|origin|sec-websocket-extensions):/i.test(line))
  return [`GET ${path} HTTP/1.1`, `Host: ${host}`, ...kept].join('\r\n') + endOfHead
}

export const startBadNetwork = async ({ server, journal, seed }: Options): Promise<BadNetwork> => {
  const { protocol, hostname, host, port } = new URL(server)
  const isSecure = protocol === 'https:'
  const lines = new Set<Line>()
  const open = new Set<Socket>()
  const faults = new Map<string, number>()
  const opened = new Map<string, number>()
  let isCalm = false
  const count = (fault: string): void => void faults.set(fault, (faults.get(fault) ?? 0) + 1)

  const upstream = (): Socket => {
    const to = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (isSecure ? 443 : 80) }
    return isSecure ? openSecure({ ...to, servername: hostname, ALPNProtocols: ['http/1.1'] }) : openPlain(to)
  }
  const track = (socket: Socket): void => {
    open.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => {})
    socket.on('close', () => open.delete(socket))
  }
  const join = (client: Socket, far: Socket, who: string, device: string): void => {
    const number = (opened.get(device) ?? 0) + 1
    opened.set(device, number)
    const name = `${device}#${number}`
    const trouble = troubleFrom(randomFrom(seed, name))
    const line = createLine({ who, name, client, server: far, journal, trouble, count })
    if (isCalm) line.calm()
    lines.add(line)
    far.on('data', line.down)
    far.on('close', () => {
      lines.delete(line)
      line.ended()
    })
    client.on('data', line.up)
    client.on('close', line.left)
  }
  const listener = createServer((client) => {
    track(client)
    onHead(client, (head, early) => {
      const [, who = '', device = '', path = '/'] = /^GET \/([^/]+)\/([^/]+)(\/\S*) /.exec(head) ?? []
      const far = upstream()
      track(far)
      far.write(headFor(head, path, host))
      if (early.length > 0) far.write(early)
      client.on('close', () => far.destroy())
      onHead(far, (answer, rest) => {
        client.write(answer + endOfHead, 'latin1')
        if (/^HTTP\/1\.1 101 /.test(answer)) {
          join(client, far, who, device)
          if (rest.length > 0) far.emit('data', rest)
        } else {
          client.write(rest)
          far.on('data', (chunk) => client.write(chunk))
          far.on('close', () => client.end())
        }
      })
      far.on('close', () => setTimeout(() => client.destroy(), 200).unref())
    })
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const { port: own } = listener.address() as { port: number }
  return {
    address: (who, device) => `ws://127.0.0.1:${own}/${who}/${device}/ws`,
    cutAll: () => {
      for (const line of [...lines]) line.cut('cut with all others')
    },
    calm: () => {
      isCalm = true
      for (const line of lines) line.calm()
    },
    faults,
    close: () => {
      for (const socket of open) socket.destroy()
      return new Promise((resolve) => listener.close(() => resolve()))
    },
  }
}
