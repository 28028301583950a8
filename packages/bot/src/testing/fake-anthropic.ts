import type { Answer } from './fake-server.ts'

const event = (data: { readonly type: string; readonly [field: string]: unknown }): string =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`

/** An error inside of Anthropic's stream, or as a body. */
export const anthropicErrorEvent = (type: string): string =>
  event({ type: 'error', error: { type, message: 'Overloaded' } })

/** Streams the texts as Anthropic's messages API does. Without a reason it breaks off before its end. */
export const anthropicStream =
  (texts: readonly string[], reason: string | undefined = 'end_turn', last = ''): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    const usage = { input_tokens: 25, output_tokens: 1 }
    const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'fake', content: [], usage }
    response.write(event({ type: 'message_start', message: { ...message, stop_reason: null, stop_sequence: null } }))
    response.write(event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }))
    response.write(event({ type: 'ping' }))
    for (const text of texts) {
      response.write(event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }))
    }
    if (reason) {
      response.write(event({ type: 'content_block_stop', index: 0 }))
      const delta = { stop_reason: reason, stop_sequence: null }
      response.write(event({ type: 'message_delta', delta, usage: { output_tokens: 15 } }))
      response.write(event({ type: 'message_stop' }))
    }
    response.end(last)
  }

export const anthropicError =
  (status: number, type: string, message = 'No', headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify({ type: 'error', error: { type, message } }))
  }
