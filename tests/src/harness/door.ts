import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Something on this machine that does one thing whenever it is asked over HTTP. */
export interface Door {
  /** A shell command that asks for it, and waits until it is done. */
  readonly command: string
  close(): void
}

/** Lets another process have something done here. */
export const doorTo = async (act: () => Promise<void>): Promise<Door> => {
  const server = createServer((_, response) => {
    act().then(
      () => response.end(),
      (error) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    command: `${process.execPath} -e "if (!(await fetch('http://127.0.0.1:${port}')).ok) process.exit(1)"`,
    close: () => void server.close(),
  }
}
