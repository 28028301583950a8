import type { Check, Violation } from './record.ts'

/** What nobody may be answered here: all may do what they ask for, and what it is about was answered before. */
const wrong: Readonly<Record<string, readonly string[]>> = {
  send: ['not_found', 'forbidden', 'conflict', 'bad_request', 'too_large'],
  edit: ['not_found', 'forbidden', 'conflict', 'bad_request', 'too_large'],
  delete: ['not_found', 'forbidden', 'conflict', 'bad_request'],
  // Somebody may have deleted the message meanwhile, or many may have reacted to it.
  react: ['not_found', 'forbidden', 'bad_request'],
  reply: ['not_found', 'forbidden', 'bad_request', 'too_large'],
}

/** Whatever may be done is done in the end, however often it had to be said. */
export const answers: Check = function* ({ entries, deeds, reads }): Generator<Violation> {
  const refused = new Map(entries.flatMap((entry) => (entry.kind === 'refused' ? [[entry.act, entry.code]] : [])))
  for (const { act, answer } of deeds) {
    const { who, verb, room, id } = act
    const code = refused.get(act.act)
    const key = `answer ${act.act}`
    if (code !== undefined && wrong[verb]?.includes(String(code))) {
      yield { rule: 'S3', key, text: `${who} was refused a ${verb} that it may do: ${code}.`, room, id }
    }
    const isOpen = verb === 'send' && !answer && code === undefined && reads.length > 0
    const text = `${who} has said this, and in the end there was still no answer.`
    if (isOpen) yield { rule: 'D3', key, text, room, id, isLate: true }
  }
}
