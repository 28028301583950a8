import type { ServerResponse } from 'node:http'
import type { Answer, Asked } from './fake-server.ts'

/** An event of OpenAI's stream of chat completions. */
export const openAiChunk = (change: object): string => {
  const chunk = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_767_000_000, model: 'fake', ...change }
  return `data: ${JSON.stringify(chunk)}\n\n`
}

const delta = (change: object, finishReason: string | null = null): string =>
  openAiChunk({ choices: [{ index: 0, delta: change, logprobs: null, finish_reason: finishReason }], usage: null })

/** Begins a stream, with the first event that says only whose turn it is. */
export const openAiBegin = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  response.write(delta({ role: 'assistant', content: '', refusal: null }))
}

export const openAiText = (response: ServerResponse, text: string): boolean => response.write(delta({ content: text }))

const wantsUsage = ({ body }: Asked): boolean =>
  (body as { stream_options?: { include_usage?: boolean } }).stream_options?.include_usage === true

/** Ends a stream as OpenAI does: the reason, the usage if it was asked for, `[DONE]`. */
export const openAiEnd = (
  response: ServerResponse,
  asked: Asked,
  { reason = 'stop', tokensIn = 12, tokensOut = 2 } = {},
): void => {
  response.write(delta({}, reason))
  if (wantsUsage(asked)) {
    const usage = { prompt_tokens: tokensIn, completion_tokens: tokensOut, total_tokens: tokensIn + tokensOut }
    response.write(openAiChunk({ choices: [], usage }))
  }
  response.end('data: [DONE]\n\n')
}

/** Streams the texts and ends. */
export const openAiStream =
  (texts: readonly string[], how: Parameters<typeof openAiEnd>[2] = {}): Answer =>
  (response, asked) => {
    openAiBegin(response)
    for (const text of texts) openAiText(response, text)
    openAiEnd(response, asked, { tokensOut: texts.length, ...how })
  }

/** Streams the texts, and then says nothing more. */
export const openAiStall =
  (texts: readonly string[]): Answer =>
  (response) => {
    openAiBegin(response)
    for (const text of texts) openAiText(response, text)
  }

/** Streams the texts, then the connection breaks. */
export const openAiCut =
  (texts: readonly string[]): Answer =>
  (response) => {
    openAiBegin(response)
    for (const text of texts) openAiText(response, text)
    setImmediate(() => response.destroy())
  }

/** Never ends: text as fast as it is read, until the other side closes. */
export const openAiFlood =
  (text: string): Answer =>
  (response) => {
    openAiBegin(response)
    const pour = (): void => {
      while (!response.destroyed && openAiText(response, text));
    }
    response.on('drain', pour)
    pour()
  }

/** An error as OpenAI words it, which here quotes the key and the address as some servers do. */
export const openAiError =
  (status: number, code: string | null, headers: Readonly<Record<string, string>> = {}, message = ''): Answer =>
  (response, asked) => {
    const text = message || `Incorrect API key provided: ${asked.headers.authorization}. See ${asked.path}`
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify({ error: { message: text, type: 'invalid_request_error', param: null, code } }))
  }
