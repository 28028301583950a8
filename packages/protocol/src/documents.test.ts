import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { asyncApi } from './asyncapi.ts'
import { downFrames } from './down.ts'
import { type Endpoint, endpoints } from './http.ts'
import { openApi } from './openapi.ts'
import { actions } from './up.ts'

type Tree = { readonly [key: string]: Tree }

const version = '1.2.3'
const page = readFileSync(new URL('../PROTOCOL.md', import.meta.url), 'utf8')

const resolve = (document: object, ref: string): unknown =>
  ref
    .replace(/^#\//, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((place, part) => (place as Record<string, unknown> | undefined)?.[part], document)

const objectsIn = (value: unknown): readonly Record<string, unknown>[] => {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(objectsIn)
  return Array.isArray(value) ? inner : [value as Record<string, unknown>, ...inner]
}

describe.each([
  ['OpenAPI', openApi({ version })],
  ['AsyncAPI', asyncApi({ version })],
])('[H26] the %s document', (_, document) => {
  test('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document)
  })

  test('has no reference that leads nowhere or has company', () => {
    const references = objectsIn(document).filter((object) => '$ref' in object)
    expect(references.length).toBeGreaterThan(50)
    for (const reference of references) {
      expect(Object.keys(reference)).toEqual(['$ref'])
      expect(resolve(document, String(reference.$ref)), String(reference.$ref)).toBeTypeOf('object')
    }
  })

  test('says its version, and uses every component schema', () => {
    expect(document.info).toMatchObject({ version, license: { name: 'Apache-2.0' } })
    const schemas = Object.keys((document as Tree).components?.schemas ?? {})
    expect(schemas.length).toBeGreaterThan(10)
    const text = JSON.stringify(document)
    for (const name of schemas) expect(text).toContain(`"#/components/schemas/${name}"`)
  })

  test('has only patterns that every dialect of regular expressions knows', () => {
    const patterns = objectsIn(document).flatMap(({ pattern }) => (typeof pattern === 'string' ? [pattern] : []))
    expect(patterns.length).toBeGreaterThan(1)
    for (const pattern of patterns) expect(pattern).toMatch(/^[\w^$[\]{}().,\\-]+$/)
  })
})

describe('[H26] the OpenAPI document', () => {
  const document = openApi({ version }) as unknown as Tree
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  )

  test('is of version 3.1', () => expect(document.openapi).toBe('3.1.0'))

  test('has every end point of the table, and of the page', () => {
    const names = operations.map(({ name }) => name).sort()
    const documents = ['GET /api/asyncapi.json', 'GET /api/openapi.json']
    expect(names).toEqual([...Object.keys(endpoints), ...documents].sort())
    const rows = page.split('\n').filter((line) => line.startsWith('| `'))
    const listed = rows.flatMap((row) => row.split(' | ')[0]?.match(/(?:GET|POST|PATCH|DELETE) \/api[^`?]*/g) ?? [])
    expect([...new Set(listed)].sort()).toEqual(names)
  })

  test('names every operation once', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(operations.length)
  })

  test.each(operations)('says who may call $name and what it takes and answers', ({ name, operation }) => {
    const endpoint: Endpoint = (endpoints as Readonly<Record<string, Endpoint>>)[name] ?? { auth: 'none', status: 200 }
    expect('security' in operation).toBe(endpoint.auth !== 'none')
    expect('requestBody' in operation).toBe(endpoint.body !== undefined)
    expect(Object.keys(operation.responses ?? {})).toEqual([String(endpoint.status), 'default'])
    const parameters = (operation.parameters ?? []) as unknown as readonly {
      name: string
      in: string
      required: boolean
    }[]
    const inPath = parameters.filter((parameter) => parameter.in === 'path')
    expect(inPath.map((parameter) => `{${parameter.name}}`)).toEqual(name.match(/\{\w+\}/g) ?? [])
    expect(inPath.every(({ required }) => required)).toBe(true)
    expect(parameters.some((parameter) => parameter.in === 'query')).toBe(endpoint.query !== undefined)
  })
})

describe('[H26] the AsyncAPI document', () => {
  const document = asyncApi({ version }) as unknown as Tree
  const messages = Object.keys(document.components?.messages ?? {})

  test('is of version 3.0', () => expect(document.asyncapi).toBe('3.0.0'))

  test('has a message for every frame, and for several joined', () => {
    const ups = Object.keys(actions).map((action) => `up.${action}`)
    const downs = Object.keys(downFrames).map((type) => `down.${type}`)
    expect([...messages].sort()).toEqual([...ups, ...downs, 'down.joined'].sort())
    expect(Object.keys(document.channels?.socket?.messages ?? {}).sort()).toEqual([...messages].sort())
  })

  test('has an operation for every action, and each frame down is sent by one', () => {
    expect(Object.keys(document.operations ?? {}).sort()).toEqual([...Object.keys(actions), 'tell'].sort())
    const text = JSON.stringify(document.operations)
    for (const name of messages) expect(text).toContain(`"#/channels/socket/messages/${name}"`)
  })

  test('uses names that the format allows', () => {
    for (const name of messages) expect(name).toMatch(/^[\w.-]+$/)
  })

  test('describes no frame that the page does not', () => {
    for (const name of messages)
      expect(page).toContain(`\`${name.replace(/^(up|down)\./, '').replace('joined', 'message')}`)
  })
})
