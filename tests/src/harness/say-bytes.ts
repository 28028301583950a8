import { connect } from 'node:net'

export interface SpokenTo {
  /** Where the server is: `http://127.0.0.1:8080`. */
  readonly url: string
}

/**
 * Says these bytes to a server, and hears what comes until it is done, or 15 s. Clients of HTTP would not say such.
 * `andNoMore`: the server is told that nothing follows.
 */
export const sayBytes = ({ url }: SpokenTo, said: string | Uint8Array, andNoMore = false): Promise<string> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname)
    let heard = ''
    socket.on('data', (data) => {
      heard += data.toString('latin1')
    })
    socket.on('error', () => {})
    socket.setTimeout(15_000, () => socket.destroy())
    socket.on('close', () => resolve(heard))
    if (andNoMore) socket.end(said)
    else socket.write(said)
  })

/** The status of an answer that came as bytes; 0 where there is none. */
export const statusOf = (heard: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1] ?? 0)
