import { expect, test } from 'vitest'
import { z } from 'zod'
import { invalidUp, validDown, validUp } from '../fixtures/read.ts'
import { downFrames } from './down.ts'
import { components, upFrameModel } from './json-schema.ts'
import { type Action, actions, upFrames } from './up.ts'

/** Reads a JSON Schema back, as a validator of another language would. */
const reads = (schema: object) => z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])

const keysOf = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(keysOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, held]) =>
    key === 'properties' ? Object.values(held as object).flatMap(keysOf) : [key, ...keysOf(held)],
  )
}

/** A schema of a frame with the components it refers to, as a document of its own. */
const standalone = (schema: z.ZodType) => {
  const into = components('#/$defs/')
  const own = into.add(schema)
  return { ...own, $defs: into.schemas }
}

const draft4 = [
  '$schema',
  'type',
  'properties',
  'required',
  'additionalProperties',
  'enum',
  'anyOf',
  'pattern',
  'items',
  'description',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
]

test.each(Object.keys(actions) as Action[])('the request model of %s is plain draft 4 without references', (action) => {
  const model = upFrameModel(action)
  expect(model.$schema).toBe('http://json-schema.org/draft-04/schema#')
  expect(model.additionalProperties).toBe(false)
  expect(keysOf(model).filter((key) => !draft4.includes(key))).toEqual([])
  expect(model.properties?.action).toMatchObject({ enum: [action] })
})

test.each(validUp)('every JSON Schema takes $frame.action: $note', ({ frame }) => {
  const action = frame.action as Action
  expect(reads(upFrameModel(action)).safeParse(frame).error).toBeUndefined()
  expect(reads(standalone(upFrames[action])).safeParse(frame).error).toBeUndefined()
})

const frameOf = (text: string): { readonly action: Action } | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    const action = typeof value === 'object' && value !== null && 'action' in value ? value.action : undefined
    return typeof action === 'string' && Object.hasOwn(upFrames, action) ? (value as { action: Action }) : undefined
  } catch {
    return undefined
  }
}

const shapes = invalidUp.flatMap((fixture) => {
  const frame = frameOf(fixture.text)
  return frame ? [{ ...fixture, frame, action: frame.action }] : []
})

test.each(shapes)('JSON Schemas refuse not $action: $note, or it is said to be beyond them', (shape) => {
  const { frame, action, beyondSchema = false } = shape
  expect(reads(upFrameModel(action)).safeParse(frame).success).toBe(beyondSchema)
  expect(reads(standalone(upFrames[action])).safeParse(frame).success).toBe(beyondSchema)
})

test.each(validDown)('the JSON Schema of $frame.type takes $note', ({ frame }) => {
  const schema = downFrames[frame.type as keyof typeof downFrames]
  expect(reads(standalone(schema)).safeParse(frame).error).toBeUndefined()
})

test('one id cannot name two schemas of a document', () => {
  const into = components('#/components/schemas/')
  const first = z.string().meta({ id: 'Twice' })
  expect(into.add(z.object({ first }))).toMatchObject({ properties: { first: { $ref: '#/components/schemas/Twice' } } })
  z.globalRegistry.remove(first)
  const second = z.object({ second: z.number().meta({ id: 'Twice' }) })
  expect(() => into.add(second)).toThrow('two different schemas have the id Twice')
})
