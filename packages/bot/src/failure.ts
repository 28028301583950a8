/** Why a model did not answer, or not to the end. */
export type FailureKind =
  /** the provider does not take the server's key */
  | 'unauthorized'
  | 'rate_limited'
  /** not reached, overloaded, or broken on its side */
  | 'unavailable'
  /** it went silent */
  | 'stalled'
  /** the connection ended in the middle of the reply */
  | 'cut'
  /** what came is not what a model says */
  | 'bad_answer'
  /** the request does not fit into the model */
  | 'too_long'
  /** the provider says no: an unknown model, a wrong setting, no credit, a content rule */
  | 'refused'

const lines: Readonly<Record<FailureKind, string>> = {
  unauthorized: "The model does not accept this server's key. Whoever runs the server has to set a valid one.",
  rate_limited: 'The model is asked too much right now. Try again in a moment.',
  unavailable: 'The model cannot be reached right now. Try again in a moment.',
  stalled: 'The model went silent. Try again.',
  cut: "The model's reply broke off. Try again.",
  bad_answer: "The model's answer could not be read. Try again.",
  too_long: 'The conversation is too long for this model.',
  refused: "The model did not take the request. The room's settings for it may not suit it.",
}

/** A length of time for reading: seconds up to two minutes, then minutes. */
export const spokenTime = (seconds: number): string => {
  if (seconds > 120) return `${Math.ceil(seconds / 60)} minutes`
  return seconds === 1 ? '1 second' : `${seconds} seconds`
}

/** What is known of a failure besides its kind. */
export interface FailureDetails {
  /** Said instead of the kind's own line. */
  readonly line?: string | undefined
  /** Seconds that the provider asks to wait, whole, at least 1. */
  readonly retryAfter?: number | undefined
  /** For the operator's log: a status, a name of an error. Never what a provider or a person wrote. */
  readonly detail?: string | undefined
}

/**
 * A model did not answer, or not to the end. `line` is for the room: plain words without an address, a key or what the
 * provider wrote. It has no cause, since the causes hold the conversation and the address.
 */
export class ModelFailure extends Error {
  readonly kind: FailureKind
  readonly line: string
  readonly retryAfter: number | undefined
  readonly detail: string | undefined

  constructor(kind: FailureKind, { line, retryAfter, detail }: FailureDetails = {}) {
    const wait = retryAfter && `The model asks to wait ${spokenTime(retryAfter)}. Try again then.`
    const said = line ?? (wait || lines[kind])
    super(said)
    this.name = 'ModelFailure'
    this.kind = kind
    this.line = said
    this.retryAfter = retryAfter
    this.detail = detail
  }
}
