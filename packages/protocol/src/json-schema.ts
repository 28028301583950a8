import { z } from 'zod'
import { type Action, upFrames } from './up.ts'

/** A JSON Schema, as plain data. */
export type JsonSchema = z.core.JSONSchema.BaseSchema

/** What a sender may write (`input`), or what a reader has after decoding (`output`): they differ for numbers in a query. */
type Side = 'input' | 'output'

/** Patterns that say again what `format` says are of no use to readers. */
const withoutOwnPatterns = ({ jsonSchema }: { jsonSchema: JsonSchema }): void => {
  if (jsonSchema.format === 'date-time' || jsonSchema.format === 'date') delete jsonSchema.pattern
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** A copy in which every reference to a definition of its own points into `place`. */
const relocated = <T>(value: T, place: string): T => {
  if (Array.isArray(value)) return value.map((item) => relocated(item, place)) as T
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [
      key,
      key === '$ref' && typeof held === 'string' ? held.replace(/^#\/\$defs\//, place) : relocated(held, place),
    ]),
  ) as T
}

/** Schemas on their way into one document: those with an id are its components, each there once. */
export interface Components {
  readonly schemas: Readonly<Record<string, JsonSchema>>
  /** The JSON Schema (draft 2020-12) of a schema, whose parts with an id are references to components. */
  add(schema: z.ZodType, side?: Side): JsonSchema
}

/**
 * Gathers the schemas of one document.
 * @param place where the document keeps its components, like `#/components/schemas/`
 * @throws where two different schemas bear one id
 */
export const components = (place: string): Components => {
  const schemas: Record<string, JsonSchema> = {}
  return {
    schemas,
    add: (schema, side = 'input') => {
      const { $schema: _, $defs = {}, ...own } = z.toJSONSchema(schema, { io: side, override: withoutOwnPatterns })
      for (const [id, definition] of Object.entries($defs)) {
        const component = relocated(definition, place)
        const known = schemas[id]
        if (known && JSON.stringify(known) !== JSON.stringify(component)) {
          throw new Error(`two different schemas have the id ${id}`)
        }
        schemas[id] = component
      }
      return relocated(own, place)
    },
  }
}

/** One frame of a client as a JSON Schema of draft 4 without any reference, as a gateway's request model wants it. */
export const upFrameModel = (action: Action): JsonSchema =>
  z.toJSONSchema(upFrames[action], {
    io: 'input',
    target: 'draft-04',
    metadata: z.registry(),
    override: withoutOwnPatterns,
  })
