import { z } from 'zod'

/** The fields of an object in the order of its schema, each with those of an object inside it. */
type Order = readonly (readonly [name: string, inner: Order | undefined])[]

const inner = (schema: z.core.$ZodType): Order | undefined => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional) return inner(schema.unwrap())
  return schema instanceof z.ZodObject ? fieldOrder(schema) : undefined
}

export const fieldOrder = (schema: z.ZodObject): Order =>
  Object.entries(schema.shape).map(([name, field]) => [name, inner(field)])

/** The same object with its fields in order, so that equal objects have equal JSON. Lists and maps stay as they are. */
export const inOrder = (order: Order, value: object): object => {
  const ordered: Record<string, unknown> = {}
  for (const [name, inside] of order) {
    const field = Reflect.get(value, name)
    if (field !== undefined) ordered[name] = inside ? inOrder(inside, field) : field
  }
  return ordered
}
