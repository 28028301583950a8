import type { Usage } from './model.ts'

/** What a million tokens cost. */
export interface Rates {
  readonly in: number
  readonly out: number
  readonly currency: 'USD'
}

/** What a model costs, and as of when. */
export interface Price extends Rates {
  /** The day of which it is known, as `2026-03-31`. */
  readonly asOf: string
}

/** Prices of one day, by the provider's name of a model. */
export interface PriceTable {
  readonly asOf: string
  readonly perMillion: Readonly<Record<string, Rates>>
}

const usd = (input: number, output: number): Rates => ({ in: input, out: output, currency: 'USD' })

/**
 * List prices of the providers' own addresses, for requests that are neither cached nor batched. They age: whoever runs
 * the server overrides them in the file of models.
 */
export const listPrices: PriceTable = {
  asOf: '2026-03-31',
  perMillion: {
    'gpt-4.1': usd(2, 8),
    'gpt-4.1-mini': usd(0.4, 1.6),
    'gpt-4.1-nano': usd(0.1, 0.4),
    'gpt-4o': usd(2.5, 10),
    'gpt-4o-mini': usd(0.15, 0.6),
    'gpt-5': usd(1.25, 10),
    'gpt-5-mini': usd(0.25, 2),
    'gpt-5-nano': usd(0.05, 0.4),
    'gpt-5.1': usd(1.25, 10),
    'gpt-5.4': usd(2.5, 15),
    'claude-haiku-4-5': usd(1, 5),
    'claude-sonnet-4-5': usd(3, 15),
    'claude-opus-4-5': usd(5, 25),
  },
}

/** The date that ends a name of a model's version. */
const version = /-(?:\d{4}-\d{2}-\d{2}|\d{8})$/

/** A model's price in a table, also under the name without its version; null where it is not known. */
export const priceIn = ({ asOf, perMillion }: PriceTable, model: string): Price | null => {
  const table = new Map(Object.entries(perMillion))
  const rates = table.get(model) ?? table.get(model.replace(version, ''))
  return rates ? { ...rates, asOf } : null
}

/** What a reply cost, in the price's currency; null where the price is not known, which is not nothing. */
export const costOf = (price: Price | null, { tokensIn, tokensOut }: Usage): number | null =>
  price && (tokensIn * price.in + tokensOut * price.out) / 1_000_000
