import type { Model, ModelPart, ModelRequest } from '../model.ts'
import type { Timers } from '../timers.ts'
import { estimateRequest, estimateTokens } from '../tokens.ts'
import { demonstration, longDemonstration } from './demonstration.ts'

const unconfigured = `No language model is configured on this server, so there is nobody here who could answer that.

Whoever runs the server connects one by starting it with its address and its name, for example:

\`\`\`sh
PARLEY_MODEL_URL=http://127.0.0.1:11434/v1 PARLEY_MODEL=llama3.2 npm start
\`\`\`

Write \`/demo\` to me to see how a reply is written, or \`/demo long\` for one that takes its time.
`

const demo = /(?:^|\s)\/demo(?:\s+(long)\b)?(?=\s|$)/

/** Only a request of our own ends like this, which quotes a whole conversation. */
const note = /(?:^|\n)\[[^\n]*\]$/

const replyTo = ({ messages }: ModelRequest): string => {
  const last = messages.findLast(({ role }) => role === 'user')?.text ?? ''
  const asked = demo.exec(last)
  if (!asked || note.test(last)) return unconfigured
  return asked[1] ? longDemonstration : demonstration
}

/** Pieces of about a token: a word or a part of one with the blanks before it, a mark, a line end. */
const pieces = (text: string): readonly string[] =>
  text.match(/[ \t]*[\p{L}\p{M}\p{N}]{1,6}|\n+|\P{Extended_Pictographic}|[^\n]/gu) ?? []

/** Resolves after so many milliseconds, or at once when the signal is aborted. */
const pause = (timers: Timers, ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const callOff = timers.after(ms, () => {
      signal.removeEventListener('abort', leave)
      resolve()
    })
    const leave = (): void => {
      callOff()
      resolve()
    }
    signal.addEventListener('abort', leave, { once: true })
  })

/** How many pieces come together, and after how long: a pace that repeats, so that every reply is the same. */
const pace = [
  { together: 2, ms: 34 },
  { together: 3, ms: 46 },
  { together: 1, ms: 30 },
  { together: 4, ms: 50 },
  { together: 2, ms: 38 },
] as const

/** The model of a server without one: it says so, and shows on request how a reply is streamed. It asks nobody. */
export const scripted = ({ timers }: { readonly timers: Timers }): Model => ({
  async *stream(request, signal): AsyncGenerator<ModelPart> {
    const text = replyTo(request)
    const all = pieces(text)
    let at = 0
    for (let step = 0; at < all.length; step++) {
      const { together, ms } = pace[step % pace.length] ?? pace[0]
      if (!signal.aborted) await pause(timers, ms, signal)
      if (signal.aborted) return
      yield { type: 'text', text: all.slice(at, at + together).join('') }
      at += together
    }
    yield {
      type: 'end',
      reason: 'stop',
      usage: { tokensIn: estimateRequest(request), tokensOut: estimateTokens(text) },
    }
  },
})
