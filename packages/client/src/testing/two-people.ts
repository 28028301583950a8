import { type Client, type ClientOptions, createClient } from '../client.ts'
import type { Clock } from '../edges.ts'
import type { Happening } from '../state/events.ts'
import { numbersFrom } from './numbers.ts'
import { createServer } from './server.ts'

/** A server on a virtual clock, and what clients of Ada and Bea need to speak with it. */
export const twoPeople = async () => {
  const random = numbersFrom(7)
  const server = createServer(random)
  const { clock, chat, network } = server
  const people = { ada: await chat.person('Ada'), bea: await chat.person('Bea') }
  let ids = 0
  const make = (name: keyof typeof people, more: Partial<ClientOptions> = {}, time: Clock = clock): Client => {
    const { user, session } = people[name].actor
    return createClient({
      server: 'http://chat.test',
      session: server.issue(user, session),
      edges: {
        ...server.edges(name),
        clock: time,
        random,
        uuid: () => `0000000a-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
      },
      ...more,
    })
  }
  const online = async (name: keyof typeof people, more?: Partial<ClientOptions>, time?: Clock): Promise<Client> => {
    const client = make(name, more, time)
    client.start()
    await clock.pass(1_000)
    return client
  }
  return { ...server, server, people, make, online, clock, chat, network }
}

/** What a client tells of from now on, in one list. */
export const listen = (client: Client, ...names: readonly Happening['name'][]): Happening[] => {
  const heard: Happening[] = []
  for (const name of names) {
    client.on(name, (event) => {
      heard.push({ name, event } as Happening)
    })
  }
  return heard
}
