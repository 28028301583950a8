import { expect, test } from 'vitest'
import { ask } from '../harness/http.ts'
import { newName, nodeWorld } from '../harness/world.ts'

const { deployment } = await nodeWorld({ PARLEY_PROXIES: '1', PARLEY_GUESTS: 'on', PARLEY_RATE: '1' })

const comeIn = async (forwardedFor: string): Promise<number> => {
  const body = JSON.stringify({ name: newName() })
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': forwardedFor }
  return (await ask(deployment.url, 'POST', '/api/guests', { body, headers })).status
}

test('[L4] behind a proxy of ours, limits go by the address that it has seen, not by what one claims', async () => {
  const statuses: number[] = []
  for (let index = 0; index < 5; index += 1) statuses.push(await comeIn(`198.51.100.${index}, 203.0.113.7`))
  expect(statuses[0]).toBe(201)
  expect(statuses.at(-1)).toBe(429)
  expect(await comeIn('198.51.100.9, 203.0.113.8')).toBe(201)
  expect(await comeIn('203.0.113.7')).toBe(429)
})
