import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { endpointOf, environmentCredentials, signedRequest } from './request.ts'

const seen: { request: IncomingMessage; body: string }[] = []
let closings = 0
const server = createServer(async (request, response) => {
  if (closings > 0) {
    closings -= 1
    return void request.socket.destroy()
  }
  let body = ''
  for await (const chunk of request) body += chunk
  seen.push({ request, body })
  response.writeHead(request.url?.includes('gone') ? 410 : 200).end('answer')
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const environment = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' }
const request = signedRequest('execute-api', 'eu-central-1', environmentCredentials(environment))

test('a request is signed for its service and region, and sent as it was asked for', async () => {
  const answer = await request({ method: 'POST', url: `${url}/ws/@connections/a%3D`, body: 'ü' })
  expect(answer).toEqual({ status: 200, text: 'answer' })
  const { request: sent, body } = seen.at(-1) ?? { body: '' }
  expect([sent?.method, sent?.url, body]).toEqual(['POST', '/ws/@connections/a%3D', 'ü'])
  expect(sent?.headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-central-1\/execute-api\/aws4_request, SignedHeaders=\S*host\S*, Signature=[0-9a-f]{64}$/,
  )
  expect(sent?.headers['x-amz-security-token']).toBe('token')
})

test('every status is an answer', async () => {
  expect(await request({ method: 'DELETE', url: `${url}/gone` })).toEqual({ status: 410, text: 'answer' })
})

test('a socket that was kept and has been closed meanwhile is no failure; a new one that is closed is', async () => {
  await request({ method: 'POST', url: `${url}/kept`, body: 'first' })
  closings = 1
  expect(await request({ method: 'POST', url: `${url}/kept`, body: 'second' })).toMatchObject({ status: 200 })
  expect(seen.at(-1)?.body).toBe('second')
  await request({ method: 'POST', url: `${url}/kept`, body: 'third' })
  closings = 2
  await expect(request({ method: 'POST', url: `${url}/kept`, body: 'fourth' })).rejects.toThrow()
})

test('a service is where the environment says, or where it is for everybody', () => {
  expect(endpointOf('sqs', 'eu-central-1', {})).toBe('https://sqs.eu-central-1.amazonaws.com')
  expect(endpointOf('sqs', 'eu-central-1', { AWS_ENDPOINT_URL_SQS: url })).toBe(url)
})
