import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An HTTP server on a free port of the loopback that says where it is, as Parley does. */
export const serve = (): Server => {
  const server = createServer((_request, response) => response.writeHead(404).end())
  server.listen(0, '127.0.0.1', 4096, () => {
    process.stdout.write(`The host is ready at http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
  })
  return server
}
