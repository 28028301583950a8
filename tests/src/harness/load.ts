import type { Message } from '@parley/protocol'
import { expect } from 'vitest'
import type { RawClient } from './raw-client.ts'
import { newId, type Person, type World } from './world.ts'

type Said = (typeof Message)['_output']

/** What somebody wanted to say, and the answer if there was one. */
export interface Attempt {
  readonly frame: { readonly action: 'send'; readonly room: string; readonly id: string; readonly text: string }
  answer: Said | undefined
  /** The code of the latest refusal. */
  refused: string | undefined
}

/** Somebody who keeps several messages under way. */
export interface Writer {
  readonly person: Person
  readonly attempts: Attempt[]
  /** Writes on a socket until it ends or the writer is told to stop; resolves when nothing is under way any more. */
  write(client: RawClient): Promise<void>
  stop(): void
  /** Says again what was not answered, under the same ids. */
  repeat(client: RawClient): Promise<void>
}

export const writer = (person: Person, room: string, underWay: number): Writer => {
  const attempts: Attempt[] = []
  let stopped = false
  const attempt = async (client: RawClient, one: Attempt): Promise<boolean> => {
    try {
      const ref = newId()
      const coming = client.answer(ref, 'send')
      client.tell({ ...one.frame, ref })
      const answer = await coming
      if (answer.type === 'message') one.answer = answer.message
      else if (answer.type === 'error') one.refused = answer.code
      return answer.type === 'message'
    } catch {
      return false
    }
  }
  return {
    person,
    attempts,
    write: async (client) => {
      const lane = async (): Promise<void> => {
        for (let alive = true; alive && !stopped; ) {
          const text = `${person.user.name} says ${attempts.length}`
          const one: Attempt = {
            frame: { action: 'send', room, id: newId(), text },
            answer: undefined,
            refused: undefined,
          }
          attempts.push(one)
          alive = await attempt(client, one)
        }
      }
      await Promise.all(Array.from({ length: underWay }, lane))
    },
    stop: () => {
      stopped = true
    },
    repeat: async (client) => {
      const open = attempts.filter(({ answer }) => answer === undefined)
      const done = await Promise.all(open.map((one) => attempt(client, one)))
      expect(done.filter((answered) => !answered)).toEqual([])
    },
  }
}

const allPages = async (client: RawClient, room: string): Promise<readonly Said[]> => {
  const found: Said[] = []
  for (let before: number | undefined, more = true; more; before = found[0]?.seq) {
    const page = await client.ask('page', { action: 'history', room, limit: 500, ...(before && { before }) })
    found.unshift(...page.messages)
    more = page.more
  }
  return found
}

const allChanges = async (client: RawClient, room: string): Promise<readonly Said[]> => {
  const found: Said[] = []
  for (let since = 0, more = true; more; ) {
    const synced = await client.ask('synced', { action: 'sync', room, since, limit: 500 })
    found.push(...synced.messages)
    since = synced.rev
    more = synced.more
  }
  return found
}

const allOverHttp = async ({ api }: World, token: string, room: string): Promise<readonly Said[]> => {
  const found: Said[] = []
  for (let more = true; more; ) {
    const query = { after: found.at(-1)?.seq ?? 0, limit: 500 }
    const page = await api.call('GET /api/rooms/{room}/messages', { token, at: room, query })
    found.push(...page.messages)
    more = page.more
  }
  return found
}

/**
 * That every answered message is there exactly once, as it was answered, and nothing that nobody wanted to say; that revs
 * have no gap; and that history, sync and HTTP say the same to every member.
 */
export const checkRoom = async (world: World, room: string, writers: readonly Writer[]): Promise<readonly Said[]> => {
  const clients = await Promise.all(writers.map(({ person }) => world.connect(person)))
  const [first, ...others] = clients
  if (!first) throw new Error('nobody to look')
  const messages = await allPages(first, room)
  for (const client of clients) {
    expect(await allChanges(client, room)).toEqual(messages)
    expect(await allOverHttp(world, client.person.token, room)).toEqual(messages)
  }
  for (const client of others) expect(await allPages(client, room)).toEqual(messages)
  expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1))
  expect(messages.map(({ rev }) => rev)).toEqual(messages.map((_, index) => index + 1))
  const byId = new Map(messages.map((message) => [message.id as string, message]))
  expect(byId.size).toBe(messages.length)
  const attempts = writers.flatMap((one) => one.attempts)
  for (const { frame, answer } of attempts) if (answer) expect(byId.get(frame.id)).toEqual(answer)
  const wanted = new Set(attempts.map(({ frame }) => frame.id))
  for (const message of messages) expect(wanted.has(message.id)).toBe(true)
  await Promise.all(clients.map((client) => client.close()))
  return messages
}
