import { type Down, DownFrame } from '@parley/protocol'
import type { Connection } from '../actor.ts'
import type { Chat } from '../chat.ts'
import type { SocketEnd, SocketPairs } from './socket-pair.ts'

/** A host and a client in one: it does what a host does with a connection, and hears what a client hears. */
export interface TestClient {
  readonly connection: Connection
  /** What it was told unasked since it began or since {@link TestClient.forget}; arrays are taken apart. */
  readonly heard: readonly Down[]
  /** How the server closed the socket. */
  readonly closed: SocketEnd['closed']
  /** Says a frame, with a `ref` if it has none, and gives the answer, or the `bye` before a close. */
  say(frame: object): Promise<Down>
  /** Says whatever text; undefined when nothing is answered. */
  sayText(text: string): Promise<Down | undefined>
  /** Forgets what was heard. */
  forget(): void
  /** Ends the socket from the client's side. */
  close(): Promise<void>
  /** Dies without closing. */
  break(): void
}

/** Reads a frame of Parley's own wire by the schemas of `packages/protocol`. */
const read = (text: string): Down[] => {
  const value: unknown = JSON.parse(text)
  return (Array.isArray(value) ? value : [value]).map((frame) => DownFrame.parse(frame) as Down)
}

/** Opens a socket for a connection whose facts are settled. It says no `hello` by itself. */
export const testClient = async (
  chat: Chat,
  { open, sockets }: SocketPairs,
  connection: Connection,
): Promise<TestClient> => {
  const end = open(connection.id)
  const heard: Down[] = []
  end.onFrame = (frame) => {
    if (connection.dialect === 'parley') heard.push(...read(frame))
  }
  await chat.open(connection)
  let refs = 0

  const sayText = async (text: string): Promise<Down | undefined> => {
    const { frame, close } = await chat.receive(connection, text)
    if (close) {
      await sockets.close(connection.id, close.code, close.message)
      await chat.close(connection.id)
    }
    return frame === undefined ? undefined : read(frame)[0]
  }
  return {
    connection,
    heard,
    get closed() {
      return end.closed
    },
    sayText,
    say: async (frame) => {
      refs += 1
      const answer = await sayText(JSON.stringify({ ref: `ref ${refs}`, ...frame }))
      if (!answer) throw new Error(`no answer to ${JSON.stringify(frame)}`)
      return answer
    },
    forget: () => {
      heard.length = 0
    },
    close: async () => {
      end.break()
      await chat.close(connection.id)
    },
    break: () => end.break(),
  }
}
