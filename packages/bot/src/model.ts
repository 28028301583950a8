/**
 * The port to a language model: a streamed completion that can be aborted.
 *
 * - Ordering: texts come in the order in which they belong together; one `end` is the last part, and only after a text
 *   that is not blank.
 * - Texts hold no control characters but newline and tab, split no surrogate pair, and are at most
 *   `limits.botTextUnits` UTF-16 units together: what would go beyond ends the stream with `length`.
 * - Failure: {@link ModelFailure} is thrown, also after texts; what came before it counts as said.
 * - Abort: when the signal is aborted, or the iteration is left, the provider's connection is closed; an aborted
 *   iteration ends quietly, without `end`.
 */
export interface Model {
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelPart>
}

/** What a model is asked. The system message, if any, is the first. */
export interface ModelRequest {
  readonly messages: readonly ModelMessage[]
  readonly parameters: Parameters
}

/** One message of a request: in which role it is said, and what. */
export interface ModelMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly text: string
}

/** How a model is to write; what is left out is the provider's choice. */
export interface Parameters {
  readonly temperature?: number | undefined
  /** The longest reply, in the model's tokens. */
  readonly maxTokens?: number | undefined
  readonly topP?: number | undefined
  readonly frequencyPenalty?: number | undefined
  readonly presencePenalty?: number | undefined
}

/** What a stream brings: pieces of the text, and its end. */
export type ModelPart =
  | { readonly type: 'text'; readonly text: string }
  /** `usage` is missing where the provider does not tell it, or was cut off before it could. */
  | { readonly type: 'end'; readonly reason: EndReason; readonly usage?: Usage }

/** Why a model stopped: it was done, came to the longest reply, was held back by its provider, or for another reason. */
export type EndReason = 'stop' | 'length' | 'filtered' | 'other'

/** As the provider counts and bills. */
export interface Usage {
  readonly tokensIn: number
  readonly tokensOut: number
}
