import type { Down, Up } from '@parley/protocol'
import { type ReferenceClient, referenceClient } from '../reducer.ts'
import type { TestChat, TestPerson } from '../test-chat.ts'
import type { TestClient } from '../test-client.ts'

/** What befalls a frame on its way to a client. `doubled`: it arrives now and once more later. */
export type Passage = 'direct' | 'delayed' | 'dropped' | 'doubled'

/** A client with its mind: what it holds, what is on its way to it, what it has said without an answer. */
export interface Player {
  readonly person: TestPerson
  readonly mind: ReferenceClient
  readonly online: boolean
  /** How many frames are on their way to it. */
  readonly waiting: number
  /** Takes up what its socket has brought, as far as it arrives. */
  hear(): void
  /** Lets a frame arrive that was on its way. */
  arrive(pick: number): void
  /** Says a frame; with `lost` the connection dies before the answer, and a `send` is said again after the return. */
  say(frame: Up, lost?: boolean): Promise<Down>
  /** Asks until it holds all that it has been told of. */
  heal(): Promise<void>
  close(): Promise<void>
  die(): void
  return(): Promise<void>
}

/** What the world of a client is made of. */
export interface Surroundings {
  readonly chat: TestChat
  passage(): Passage
  /** Is told of every frame that was said and of its answer, whether or not the client got it. */
  answered(by: TestPerson, frame: Up, answer: Down): void
}

/** Asking so often without coming to an end is a fault. */
const patience = 200

export const player = (person: TestPerson, { chat, passage: passageOf, answered }: Surroundings): Player => {
  const mind = referenceClient()
  const air: Down[] = []
  const unanswered: Up[] = []
  let client: TestClient | undefined

  const hear = (): void => {
    for (const frame of client?.heard.slice() ?? []) {
      const passage = passageOf()
      if (passage === 'delayed' || passage === 'doubled') air.push(frame)
      if (passage === 'direct' || passage === 'doubled') mind.take(frame)
    }
    client?.forget()
  }
  const lose = (): void => {
    client?.break()
    client = undefined
    air.length = 0
  }
  const say = async (frame: Up, lost = false): Promise<Down> => {
    if (!client) throw new Error('not connected')
    const through = client
    const answer = await through.say(frame)
    answered(person, frame, answer)
    if (client !== through) return answer
    hear()
    if (lost) {
      if (frame.action === 'send') unanswered.push(frame)
      lose()
    } else mind.takeAnswer(frame, answer)
    if (through.closed) lose()
    return answer
  }
  return {
    person,
    mind,
    get online() {
      return client !== undefined
    },
    get waiting() {
      return air.length
    },
    hear,
    arrive: (pick) => {
      const [frame] = air.splice(pick % Math.max(1, air.length), 1)
      if (frame) mind.take(frame)
    },
    say,
    heal: async () => {
      for (let asked = 0; asked < patience; asked += 1) {
        hear()
        const [next] = mind.wants()
        if (!next || !client) return
        await say(next)
      }
      throw new Error(`${person.name} asks without end: ${JSON.stringify(mind.wants())}`)
    },
    close: async () => {
      const through = client
      hear()
      lose()
      await through?.close()
    },
    die: () => {
      hear()
      lose()
    },
    return: async () => {
      if (client) return
      mind.begin()
      client = await chat.open(person)
      await say({ action: 'hello', v: 1 })
      for (const frame of unanswered.splice(0)) await say(frame)
    },
  }
}
