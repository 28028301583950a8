import type { TestChat } from '@parley/core/testing'
import type { MessageId, RoomId } from '@parley/protocol'
import type { Client } from '../client.ts'
import type { Reply } from '../reply.ts'
import type { Device } from './device.ts'

interface Speech {
  readonly client: Client
  readonly room: string
  readonly reply: Reply
  written: string
}

/** A bot from outside that says what a script wants, through the client of its device. */
export interface Speaker {
  begin(room: string, pick: number): void
  /** Says more of something that it is saying. */
  say(pick: number): void
  end(pick: number): void
  /** Says a piece more of all that it says. */
  sayAll(): void
  /** Ends all that is not at its end. */
  endAll(): void
  /** Throws if anything that was said is another text than what was written. */
  check(chat: TestChat): Promise<void>
}

export const createSpeaker = (device: Device): Speaker => {
  const speeches: Speech[] = []
  const open = new Set<Speech>()
  let words = 0

  const one = (pick: number): Speech | undefined => {
    const all = [...open].filter(({ client }) => client === device.client)
    return all[pick % Math.max(1, all.length)]
  }
  const end = (speech: Speech | undefined): void => {
    if (!speech) return
    open.delete(speech)
    speech.reply.end().catch(() => {})
  }
  const say = (speech: Speech | undefined, length: number): void => {
    if (!speech) return
    words += 1
    const more = `${words} and ${'so '.repeat(length)}`
    speech.written += more
    speech.reply.write(more)
  }
  return {
    begin(room, pick) {
      const { client } = device
      const replyTo = client.state.rooms.get(room)?.window.messages.at(-1 - pick)?.id
      const reply = client.reply(room, replyTo === undefined ? {} : { replyTo })
      const speech = { client, room, reply, written: '' }
      speeches.push(speech)
      open.add(speech)
    },
    say: (pick) => say(one(pick), pick % 4),
    sayAll() {
      for (const speech of open) say(speech, 1)
    },
    end: (pick) => end(one(pick)),
    endAll() {
      for (const speech of open) end(speech)
    },
    async check({ ports: { store } }) {
      for (const { room, reply, written } of speeches) {
        const stored = await store.message(room as RoomId, reply.id as MessageId)
        const { text = '', ended, deletedAt } = stored?.message ?? {}
        const isRight = ended === 'done' && !deletedAt ? text === written : written.startsWith(text)
        if (!isRight) throw new Error(`${device.name} wrote ${written}, and said ${text}`)
      }
    },
  }
}
