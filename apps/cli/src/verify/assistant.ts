import { randomUUID } from 'node:crypto'
import type { MessageId, RoomId } from '@parley/protocol'
import { messagesIn } from './checks/record.ts'
import type { Journal } from './history.ts'
import { eventually, patiently } from './patience.ts'
import type { Person } from './people.ts'
import { recordAct } from './player.ts'
import type { Stage } from './stage.ts'

/** The name by which the assistant of this server is asked, where it costs nothing to do so; undefined elsewhere. */
export const freeAssistant = async ({ call }: Person): Promise<{ id: string; name: string } | undefined> => {
  const { configured } = await patiently(() => call('GET /api/models', {}))
  const { users } = await patiently(() => call('GET /api/users', { query: { q: 'assistant' } }))
  const found = users.find(({ kind, name }) => kind === 'bot' && name.toLowerCase() === 'assistant')
  return configured ? undefined : found
}

/** Has the assistant show how it writes; answers how to wait for the end of it, and whether it came. */
export const askForDemo = async (
  stage: Stage,
  journal: Journal,
  assistant: { readonly id: string; readonly name: string },
): Promise<() => Promise<boolean>> => {
  const [room = ''] = stage.rooms
  const prompt = randomUUID()
  const text = `@${assistant.name} /demo`
  const frame = { action: 'send', room: room as RoomId, id: prompt as MessageId, text } as const
  const said = patiently(async () => {
    const answer = await (await stage.line()).ask<'send'>(frame)
    if (answer.type !== 'message') throw new Error(`send was answered by ${answer.type}`)
    return answer.message
  })
  const { who } = stage.witness
  await recordAct(journal, { who, verb: 'send', room, id: prompt, text, device: 'witness' }, said)
  journal.note({ kind: 'person', who: 'assistant', id: assistant.id, part: 'bot' })

  let seen = 0
  let replyId: string | undefined
  const hasEnded = (): boolean => {
    for (; seen < journal.entries.length; seen += 1) {
      const entry = journal.entries[seen]
      if (entry?.kind !== 'heard') continue
      for (const { id, replyTo, from, ended } of messagesIn(entry.frame)) {
        if (from.id !== assistant.id || replyTo !== prompt) continue
        if (replyId === undefined) journal.act({ who: 'assistant', verb: 'reply', room, id })
        replyId ??= id
        if (ended && id === replyId) return true
      }
    }
    return false
  }
  return () => eventually(hasEnded, 60_000)
}
