import { type Answers, type Command, isRefusal } from '@parley/core'
import type { MessageId, RoomId, UserId } from '@parley/protocol'
import type { TestServer } from './server.ts'

/** A reply that a bot of the server makes, or has made. */
interface Making {
  readonly room: RoomId
  readonly prompt: MessageId
  readonly asker: UserId
  readonly id: MessageId
  readonly run: number
  text: string
}

/** A bot of the server that says what a script wants, a thing after the other. */
export interface Voice {
  /** Begins with what it was asked to try again, or to answer one of the latest messages of a room. */
  begin(room: string, pick: number): void
  /** Says some pieces more of something, each of which tells the last units before it again. */
  say(pick: number): void
  /** Dies in the midst of something: nothing more is heard of it. */
  die(pick: number): void
  /** Takes up what it died in the midst of, if nothing was heard of that for as long as a lease. */
  anew(): void
  /** In the midst of something its asker stops it, wants another answer, and gets the beginning of that, all at once. */
  again(pick: number): void
  end(pick: number): void
  /** Says a piece more of all that it has begun. */
  sayAll(): void
}

/** So long nothing is heard of a maker that counts as dead, in milliseconds. */
export const leaseMs = 5_000

export const createVoice = ({ chat, clock }: TestServer, bot: UserId): Voice => {
  const makings = new Set<Making>()
  const dropped: Making[] = []
  let last: Promise<unknown> = Promise.resolve()
  let words = 0
  let retries = 0

  const execute = <A extends Command['action']>(command: Extract<Command, { action: A }>, by = bot) =>
    chat.chat.execute({ kind: 'service', user: by }, command) as Promise<Answers[A] | { readonly refused: string }>
  const queue = (act: () => Promise<void>): void => {
    last = last.then(() => clock.track(act()))
  }
  const withOne = (pick: number, act: (making: Making) => Promise<void>): void =>
    queue(async () => {
      const making = [...makings][pick % Math.max(1, makings.size)]
      if (making) await act(making)
    })
  const begin = async (asked: Pick<Making, 'room' | 'prompt' | 'asker'>, run?: number): Promise<void> => {
    const { room, prompt, asker } = asked
    const again = run === undefined ? {} : { run }
    const start = await execute<'begin-reply'>({ action: 'begin-reply', room, prompt, asker, ...again })
    if (isRefusal(start) || 'refused' in start || start.state !== 'begun') return
    makings.add({ room, prompt, asker, id: start.message.id, run: start.run, text: start.message.text })
  }
  const lengthen = async (making: Making, overlap: number): Promise<void> => {
    words += 1
    const text = `${making.text}word ${words}, `
    const at = Math.max(0, making.text.length - overlap)
    const { room, id, run } = making
    const answer = await execute<'grow-reply'>({ action: 'grow-reply', room, id, run, at, text: text.slice(at) })
    if ('refused' in answer) makings.delete(making)
    else making.text = text
  }
  const beat = (): void => {
    queue(async () => {
      for (const { room, id, run } of makings) await execute<'keep-reply'>({ action: 'keep-reply', room, id, run })
    })
    clock.after(leaseMs / 2, beat)
  }
  clock.after(leaseMs / 2, beat)
  return {
    begin: (room, pick) =>
      queue(async () => {
        const asked = chat.jobs.kept.flatMap((job) => (job.kind === 'reply' ? job : []))[retries]
        if (asked) {
          retries += 1
          return begin(asked, asked.run)
        }
        const { messages } = await chat.ports.store.history(room as RoomId, {}, { limit: 12, bytes: 100_000 })
        const people = messages.filter(({ message }) => message.from.kind !== 'bot')
        const prompt = people.at(-1 - (pick % 8))?.message
        if (prompt) await begin({ room: prompt.room, prompt: prompt.id, asker: prompt.from.id })
      }),
    say: (pick) =>
      withOne(pick, async (making) => {
        for (let count = 0; count <= pick % 3; count += 1) await lengthen(making, (pick * 7) % 20)
      }),
    die: (pick) =>
      withOne(pick, async (making) => {
        makings.delete(making)
        dropped.push(making)
      }),
    anew: () =>
      queue(async () => {
        for (const making of dropped.splice(0)) await begin(making, making.run)
      }),
    again: (pick) =>
      withOne(pick, async (making) => {
        const { room, id, asker } = making
        await lengthen(making, 0)
        makings.delete(making)
        await execute<'stop'>({ action: 'stop', room, id }, asker)
        await execute<'retry'>({ action: 'retry', room, id }, asker)
        const job = chat.jobs.kept.findLast((one) => one.kind === 'reply')
        await begin(making, job?.kind === 'reply' ? job.run : undefined)
        for (const fresh of makings) if (fresh.id === id) await lengthen(fresh, 0)
      }),
    end: (pick) =>
      withOne(pick, async (making) => {
        makings.delete(making)
        const { room, id, run, text } = making
        await execute<'end-reply'>({ action: 'end-reply', room, id, run, text, ended: pick % 2 ? 'done' : 'failed' })
      }),
    sayAll: () =>
      queue(async () => {
        for (const making of [...makings]) await lengthen(making, 10)
      }),
  }
}
