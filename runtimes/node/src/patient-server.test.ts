import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { patientServer } from './patient-server.ts'

let heard = 0
const server = patientServer(
  (request, response) => {
    request.resume()
    request.on('error', () => {})
    request.on('end', () => {
      heard += 1
      response.end('heard')
    })
  },
  { headersMs: 300, requestMs: 1_500 },
)
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo
afterAll(() => server.close())

/** Says this, and then a bit more again and again. Resolves with what came when the connection has ended. */
const drip = async (begin: string, bit: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (data) => {
    answer += data
  })
  socket.on('error', () => {})
  socket.write(begin)
  const dripping = bit && setInterval(() => socket.write(bit), 50)
  await once(socket, 'close')
  clearInterval(dripping || undefined)
  return answer
}

test.each([
  ['nothing', '', ''],
  ['headers', 'GET / HTTP/1.1\r\nHost: a\r\n', 'X: y\r\n'],
  ['a body', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n', 'x'],
])('who says %s for ever is not waited for', async (_what, begin, bit) => {
  expect(await drip(begin, bit)).not.toContain('heard')
  expect(heard).toBe(0)
})

test('who takes its time within bounds is answered', async () => {
  const answer = drip('POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\n\r\n', 'xxx')
  expect(await answer).toContain('heard')
})
