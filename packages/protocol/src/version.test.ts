import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { downFrames } from './down.ts'
import { type Endpoint, endpoints } from './http.ts'
import { components } from './json-schema.ts'
import { upFrames } from './up.ts'
import { protocolRevision, protocolVersion } from './version.ts'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

/** Keys in order, and without what is for people only. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key, held]) => key !== 'description' || typeof held !== 'string')
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, held]) => [key, canonical(held)]))
}

const digest = (): string => {
  const into = components('#/')
  const up = Object.values(upFrames).map((schema) => into.add(schema))
  const down = Object.values(downFrames).map((schema) => into.add(schema))
  const http = Object.entries(endpoints as Readonly<Record<string, Endpoint>>).map(
    ([name, { auth, status, query, body, response }]) => ({
      name,
      auth,
      status,
      query: query && into.add(query, 'output'),
      body: body && into.add(body),
      response: response && into.add(response),
    }),
  )
  const all = JSON.stringify(canonical({ up, down, http, schemas: into.schemas }))
  return createHash('sha256').update(all).digest('hex')
}

test('the schemas have not changed without a new revision', () => {
  const revisions: Record<string, string> = JSON.parse(read('../fixtures/revisions.json'))
  const current = digest()
  expect(
    revisions[protocolRevision],
    `The schemas of the wire are not those of revision ${protocolRevision}. Undo the change, or give it a number: set ` +
      `protocolRevision in src/version.ts and the revision on top of PROTOCOL.md to the next one (1.1 after 1.0; a change ` +
      `that breaks older clients needs a new protocolVersion, 2.0), and add the line "<number>": "${current}" to ` +
      'fixtures/revisions.json. Lines of revisions that were released stay as they are.',
  ).toBe(current)
})

test('every revision has schemas of its own', () => {
  const revisions: Record<string, string> = JSON.parse(read('../fixtures/revisions.json'))
  expect(new Set(Object.values(revisions)).size).toBe(Object.keys(revisions).length)
  expect(Object.keys(revisions).at(-1)).toBe(protocolRevision)
})

test('the page, the number of hello and the revision agree', () => {
  expect(protocolRevision.split('.')[0]).toBe(String(protocolVersion))
  expect(upFrames.hello.shape.v.value).toBe(protocolVersion)
  expect(downFrames.welcome.shape.v.value).toBe(protocolVersion)
  expect(read('../PROTOCOL.md')).toContain(
    `version ${protocolVersion} of the protocol (the \`v\` of \`hello\`), revision ${protocolRevision} of its schemas`,
  )
})
