import type { ModelFailure } from '../failure.ts'
import type { EndReason, Model, ModelPart, ModelRequest, Usage } from '../model.ts'

/** One request to a {@link HandModel}, which waits for what the test lets it say. */
export interface HandCall {
  readonly request: ModelRequest
  /** The last thing that was said to it, as it was framed. */
  readonly prompt: string
  readonly signal: AbortSignal
  say(text: string): void
  end(reason?: EndReason, usage?: Usage): void
  fail(failure: ModelFailure): void
}

/** A model whose words are put into its mouth. */
export interface HandModel extends Model {
  readonly calls: readonly HandCall[]
  /** The request of that number, from 0 on, once it is there. */
  call(number: number): Promise<HandCall>
}

export const handModel = (): HandModel => {
  const calls: HandCall[] = []
  const listeners: (() => void)[] = []

  return {
    calls,
    async call(number) {
      while (calls.length <= number) {
        await new Promise<void>((resolve) => {
          listeners.push(resolve)
        })
      }
      return calls[number] as HandCall
    },
    async *stream(request, signal) {
      if (signal.aborted) return
      const parts: (ModelPart | ModelFailure)[] = []
      let wakeUp: () => void = () => {}
      const put = (part: ModelPart | ModelFailure): void => {
        parts.push(part)
        wakeUp()
      }
      calls.push({
        request,
        prompt: request.messages.at(-1)?.text ?? '',
        signal,
        say: (text) => put({ type: 'text', text }),
        end: (reason = 'stop', usage) => put({ type: 'end', reason, ...(usage && { usage }) }),
        fail: put,
      })
      for (const listener of listeners.splice(0)) listener()
      signal.addEventListener('abort', () => wakeUp(), { once: true })
      for (;;) {
        const part = parts.shift()
        if (signal.aborted) return
        if (part === undefined) {
          await new Promise<void>((resolve) => {
            wakeUp = resolve
          })
        } else if ('type' in part) {
          yield part
          if (part.type === 'end') return
        } else throw part
      }
    },
  }
}
