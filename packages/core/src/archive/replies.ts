import type { Message } from '@parley/protocol'
import type { Stream, Variant } from '../ports/records.ts'

/** The variants of a message that are kept beside the one that is shown, as its record has them. */
export const otherVariants = (
  { deletedAt, variants }: Message,
  kept: readonly Variant[],
): { readonly others?: readonly Variant[] } => {
  if (!variants || deletedAt !== undefined) return {}
  const others = kept
    .filter(({ index }) => index !== variants.index && index < variants.count)
    .sort((one, other) => one.index - other.index)
    .map(({ index, text, ended, endedBy }) => ({
      index,
      text,
      ...(ended !== undefined && { ended }),
      ...(endedBy !== undefined && { endedBy }),
    }))
  return others.length > 0 ? { others } : {}
}

/** A reply that came growing has no maker here: its lease is over, so that it is ended soon. */
export const importedStream = ({ streaming, deletedAt, rev, at }: Message): { readonly stream?: Stream } =>
  streaming && deletedAt === undefined ? { stream: { run: rev, leaseUntil: at, restarts: 0 } } : {}
