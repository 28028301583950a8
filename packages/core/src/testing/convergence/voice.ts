import type { Message, MessageId, RoomId, UserId } from '@parley/protocol'
import type { Answers } from '../../answer.ts'
import type { CommandOf } from '../../command.ts'
import { isRefusal, type Refusal } from '../../refusal.ts'
import { roomId } from '../samples.ts'
import type { TestChat } from '../test-chat.ts'

/** A reply that a bot of the server makes. */
export interface Making {
  readonly room: RoomId
  readonly id: MessageId
  readonly prompt: MessageId
  readonly asker: UserId
  readonly run: number
  text: string
}

/** A bot of the server, whose replies are in the hands of a script. */
export interface Voice {
  /** All replies that it has begun, the latest last. */
  readonly replies: readonly Pick<Making, 'room' | 'id'>[]
  /** Begins what it was asked to try again, or an answer to one of the latest messages of a room. */
  begin(room: RoomId, pick: number): Promise<void>
  /** Says more of something, with the last `overlap` units before it. */
  say(pick: number, overlap: number): Promise<void>
  /** Dies in the midst of something, and takes it up again when its lease is over. */
  anew(pick: number): Promise<void>
  end(pick: number): Promise<void>
  /** Says more of everything that it has begun. */
  sayAll(): Promise<void>
}

type Service = 'begin-reply' | 'grow-reply' | 'end-reply'

export const voice = (chat: TestChat, bot: UserId): Voice => {
  const makings = new Map<MessageId, Making>()
  const replies = new Map<MessageId, Pick<Making, 'room' | 'id'>>()
  let tried = 0
  let words = 0

  const execute = <A extends Service>(command: CommandOf<A>): Promise<Answers[A] | Refusal> =>
    chat.chat.execute({ kind: 'service', user: bot }, command)
  const one = (pick: number): Making | undefined => [...makings.values()][pick % Math.max(1, makings.size)]

  const take = async (asked: Pick<Making, 'room' | 'prompt' | 'asker'>, run?: number): Promise<void> => {
    const { room, prompt, asker } = asked
    const start = await execute({ action: 'begin-reply', room, prompt, asker, ...(run !== undefined && { run }) })
    if (isRefusal(start) || start.state !== 'begun') return
    const { id, text } = start.message
    makings.set(id, { room, id, prompt, asker, run: start.run, text })
    replies.delete(id)
    replies.set(id, { room, id })
  }
  const lengthen = async (making: Making, overlap: number): Promise<void> => {
    words += 1
    const { room, id, run, text } = making
    const at = Math.max(0, text.length - overlap)
    const longer = `${text}word ${words}, `
    const grown = await execute({ action: 'grow-reply', room, id, run, at, text: longer.slice(at) })
    if (isRefusal(grown)) makings.delete(id)
    else making.text = longer
  }
  /** The latest messages of people in a room; undefined where there are none. */
  const latest = async (room: RoomId): Promise<readonly Message[] | undefined> => {
    const { messages } = await chat.ports.store.history(room, {}, { limit: 6, bytes: 100_000 })
    const said = messages.map(({ message }) => message).filter(({ from }) => from.kind !== 'bot')
    return said.length > 0 ? said : undefined
  }
  return {
    get replies() {
      return [...replies.values()]
    },
    begin: async (room, pick) => {
      const job = chat.jobs.kept.flatMap((kept) => (kept.kind === 'reply' ? kept : []))[tried]
      if (job) {
        tried += 1
        return take(job, job.run)
      }
      const said = (await latest(room)) ?? (await latest(roomId('den'))) ?? []
      const prompt = said[pick % Math.max(1, said.length)]
      if (prompt) await take({ room, prompt: prompt.id, asker: prompt.from.id })
    },
    say: async (pick, overlap) => {
      const making = one(pick)
      if (making) await lengthen(making, overlap)
    },
    anew: async (pick) => {
      const making = one(pick)
      if (!making) return
      makings.delete(making.id)
      chat.clock.pass(chat.ports.settings.streamLeaseMs + 1)
      await take(making, making.run)
    },
    end: async (pick) => {
      const making = one(pick)
      if (!making) return
      const { room, id, run, text } = making
      makings.delete(id)
      await execute({ action: 'end-reply', room, id, run, text, ended: 'done' })
    },
    sayAll: async () => {
      for (const making of makings.values()) await lengthen(making, 5)
    },
  }
}
