import { z } from 'zod'

// The schemas are made when they are used: most who load this have no file of models.

const named = /^[\p{L}\p{N}][\p{L}\p{N} ._:/@+-]{0,79}$/u
const printable = /^[\x21-\x7e]{1,512}$/

const addressError = 'a base address like http://127.0.0.1:11434/v1'
const isAddress = (text: string): boolean => {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash
}

/** A base address, without the slash or the path of the one call that people paste with it. */
export const Address = () =>
  z
    .string({ error: addressError })
    .refine(isAddress, addressError)
    .transform((text) => text.replace(/\/+$/, '').replace(/\/chat\/completions$/, ''))

const keyError = 'printable characters without blanks'
export const Key = () => z.string({ error: keyError }).trim().regex(printable, keyError)

const modelError = "the provider's name of a model"
export const ModelName = () => z.string({ error: modelError }).trim().min(1, modelError).max(200, modelError)

const nameError = '1 to 80 letters, digits, blanks or . _ : / @ + -, beginning with a letter or digit'
const EntryName = () => z.string({ error: nameError }).regex(named, nameError)

const number = (from: number, to: number) => {
  const error = `a number from ${from} to ${to}`
  return z.number({ error }).min(from, { error }).max(to, { error })
}
const whole = (from: number, to: number) => {
  const error = `a whole number from ${from} to ${to}`
  return z.int({ error }).min(from, { error }).max(to, { error })
}
const range = (from: number, to: number) => {
  const error = `two numbers from ${from} to ${to}, the lower one first`
  return z.tuple([number(from, to), number(from, to)], { error }).refine(([low, high]) => low <= high, error)
}

const maxTokens = () => whole(1, 1_000_000)
const Defaults = () =>
  z.strictObject({
    temperature: number(0, 2).optional(),
    maxTokens: maxTokens().optional(),
    topP: number(0, 1).optional(),
    frequencyPenalty: number(-2, 2).optional(),
    presencePenalty: number(-2, 2).optional(),
  })
const Limits = () =>
  z.strictObject({
    temperature: range(0, 2).optional(),
    maxTokens: maxTokens().optional(),
    topP: range(0, 1).optional(),
    frequencyPenalty: range(-2, 2).optional(),
    presencePenalty: range(-2, 2).optional(),
  })

const providers = "'openai-compatible', 'anthropic', 'bedrock' or 'scripted'"
const Entry = () => {
  const common = {
    name: EntryName(),
    contextTokens: whole(1024, 10_000_000).optional(),
    defaults: Defaults().optional(),
    limits: Limits().optional(),
    stallSeconds: whole(5, 290).optional(),
  }
  const keyFrom = z.string({ error: 'the name of an environment variable' }).optional()
  const asked = { ...common, key: Key().optional(), keyFrom, model: ModelName() }
  return z.discriminatedUnion(
    'provider',
    [
      z.strictObject({ ...asked, provider: z.literal('openai-compatible'), url: Address() }),
      z.strictObject({ ...asked, provider: z.literal('anthropic'), url: Address().optional() }),
      z.strictObject({
        ...asked,
        provider: z.literal('bedrock'),
        region: z.string({ error: 'a region' }).regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'a region like eu-central-1'),
        url: Address().optional(),
      }),
      z.strictObject({ ...common, provider: z.literal('scripted') }),
    ],
    { error: providers },
  )
}
/** One named model, as the server's owner writes it. */
export type Entry = z.infer<ReturnType<typeof Entry>>

const Rates = () =>
  z.strictObject({
    in: number(0, 1_000_000),
    out: number(0, 1_000_000),
    currency: z.literal('USD', { error: "'USD'" }).default('USD'),
  })

/** The file of models. */
export const CatalogueFile = () =>
  z.strictObject({
    default: EntryName().optional(),
    models: z.array(Entry(), { error: 'a list of models' }).min(1, 'at least one model').max(100, 'at most 100 models'),
    prices: z
      .strictObject({ asOf: z.iso.date({ error: 'a day like 2026-03-31' }), perMillion: z.record(z.string(), Rates()) })
      .optional(),
  })
export type CatalogueFile = z.infer<ReturnType<typeof CatalogueFile>>
