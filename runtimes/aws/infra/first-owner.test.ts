import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Answered, Asked, Request } from '../src/services/request.ts'
import { firstOwnerWords, lambdaOf, offerOwnership } from './first-owner.ts'

const address = 'https://chat.example'
const endpoint = 'https://lambda.eu-central-1.amazonaws.com'

/** A stand-in for Lambda: what it is asked is kept, what it answers is given. */
const lambda = (answered: Answered | Error): { readonly request: Request; readonly asked: Asked[] } => {
  const asked: Asked[] = []
  const request: Request = async (one) => {
    asked.push(one)
    if (answered instanceof Error) throw answered
    return answered
  }
  return { request, asked }
}

const words = async (answered: Answered | Error): Promise<string> => {
  const offer = await offerOwnership(lambda(answered).request, endpoint, 'Administer')
  return firstOwnerWords(offer, address, 'Administer', 'eu-central-1')
}

test('with Lambda mocked: the function for commands is asked for the secret', async () => {
  const { request, asked } = lambda({ status: 200, text: '{"secret":"one","expiresAt":"2026-11-24T00:00:00.000Z"}' })
  expect(await offerOwnership(request, endpoint, 'Administer')).toEqual({ secret: 'one' })
  expect(asked).toEqual([
    {
      method: 'POST',
      url: `${endpoint}/2015-03-31/functions/Administer/invocations`,
      body: '{"action":"offer-ownership"}',
    },
  ])
})

test('with a server in place of Lambda: it is asked by a request that the credentials of the environment have signed', async () => {
  const heard: unknown[] = []
  const server = createServer(({ method, url, headers }, response) => {
    heard.push({ method, url, authorization: headers.authorization })
    response.end('{"secret":"one"}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  onTestFinished(() => {
    vi.unstubAllEnvs()
    server.closeAllConnections()
    server.close()
  })
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'an example of a secret')
  vi.stubEnv('AWS_PROFILE', undefined)
  const { port } = server.address() as AddressInfo
  const { request, endpoint } = lambdaOf('eu-central-1', { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` })
  expect(await offerOwnership(request, endpoint, 'Administer')).toEqual({ secret: 'one' })
  const scope = /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/lambda\/aws4_request/
  expect(heard).toEqual([
    {
      method: 'POST',
      url: '/2015-03-31/functions/Administer/invocations',
      authorization: expect.stringMatching(scope),
    },
  ])
})

test('with Lambda mocked: a deploy ends with a link that can be opened', async () => {
  expect(await words({ status: 200, text: '{"secret":"one"}' })).toContain(' https://chat.example/first-owner#one')
})

test('with Lambda mocked: where there is an owner nobody is asked to make one', async () => {
  const refusal = { refused: 'conflict', message: 'There is an owner already.', retry: null }
  expect(await words({ status: 200, text: JSON.stringify(refusal) })).toBe('There is an owner already.')
})

test.each([
  ['no right', { status: 403, text: '{"Message":"User is not authorized"}' }, '403: User is not authorized'],
  ['a function that throws', { status: 200, text: '{"errorMessage":"out of reach"}' }, '200: out of reach'],
  ['an answer of somebody else', { status: 502, text: '<html>' }, '502'],
  ['no credentials', new Error('Could not load credentials from any providers'), 'Could not load credentials'],
])('with Lambda mocked: with %s a deploy ends with the command, and why', async (_, answered, why) => {
  const said = await words(answered)
  expect(said).toContain(why)
  expect(said).toContain('aws lambda invoke --region eu-central-1 --function-name Administer')
  expect(said).toContain(`${address}/first-owner#SECRET`)
})
