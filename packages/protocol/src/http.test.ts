import { expect, test } from 'vitest'
import { httpInputs } from '../fixtures/read.ts'
import { type Endpoint, endpoints } from './http.ts'

const table: Readonly<Record<string, Endpoint>> = endpoints

const check = (endpoint: string, input: unknown) => {
  const { body, query } = table[endpoint] ?? {}
  const schema = body ?? query
  if (!schema) throw new Error(`${endpoint} takes nothing`)
  return schema.safeParse(input)
}

test('there is an example for every end point that takes something', () => {
  const taking = Object.keys(table).filter((name) => table[name]?.body || table[name]?.query)
  expect([...new Set(httpInputs.map(({ endpoint }) => endpoint))].sort()).toEqual(taking.sort())
})

test.each(httpInputs.filter(({ code }) => code === undefined))('$endpoint takes $note', ({ endpoint, input }) => {
  expect(check(endpoint, input).error).toBeUndefined()
})

test.each(httpInputs.filter(({ code }) => code !== undefined))(
  '[H2] $endpoint refuses $note',
  ({ endpoint, input, code }) => {
    const { error } = check(endpoint, input)
    expect(error?.issues.length).toBeGreaterThan(0)
    expect(error?.issues[0]?.message === 'too_large').toBe(code === 'too_large')
  },
)

test('numbers in a query become numbers', () => {
  expect(endpoints['GET /api/rooms/{room}/messages'].query.parse({ before: '040', limit: '500' })).toEqual({
    before: 40,
    limit: 500,
  })
})

test('no answer tells anything of a password', () => {
  for (const endpoint of ['GET /api/accounts', 'POST /api/accounts', 'PATCH /api/accounts/{user}'] as const) {
    expect(JSON.stringify(endpoints[endpoint].response.toJSONSchema()).toLowerCase()).not.toContain('password')
  }
})
