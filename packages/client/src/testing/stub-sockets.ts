import type { SocketEvents, Transport } from '../edges.ts'

/** The server's end of a socket that a test plays by hand. */
export interface StubSocket {
  readonly url: string
  /** What the client has sent, parsed. */
  readonly sent: readonly (Record<string, unknown> & { readonly action: string; readonly ref?: string })[]
  /** How the client closed it. */
  readonly closedByClient: number | undefined
  open(): void
  tell(frame: object): void
  /** Answers the latest frame of an action that was sent. */
  answer(action: string, frame: object): void
  text(text: string): void
  close(code: number, reason?: string): void
}

/** A transport without a server. */
export const stubSockets = (): { readonly transport: Transport; readonly sockets: readonly StubSocket[] } => {
  const sockets: StubSocket[] = []
  const transport: Transport = (url, events: SocketEvents) => {
    const sent: StubSocket['sent'][number][] = []
    let closedByClient: number | undefined
    const stub: StubSocket = {
      url,
      sent,
      get closedByClient() {
        return closedByClient
      },
      open: () => events.opened(),
      tell: (frame) => events.received(JSON.stringify(frame)),
      answer(action, frame) {
        const ref = sent.findLast((one) => one.action === action)?.ref
        if (ref === undefined) throw new Error(`nothing was asked as ${action}`)
        stub.tell({ ...frame, ref })
      },
      text: (text) => events.received(text),
      close: (code, reason = '') => events.closed(code, reason),
    }
    sockets.push(stub)
    return {
      send: (text) => sent.push(JSON.parse(text)),
      close: (code) => {
        closedByClient = code
      },
    }
  }
  return { transport, sockets }
}
