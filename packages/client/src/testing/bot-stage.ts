import type { Message, RoomId } from '@parley/protocol'
import { type Client, createClient } from '../client.ts'
import { numbersFrom } from './numbers.ts'
import { createServer } from './server.ts'

/** A server, Ada, who has asked something, and a bot from outside. */
export const botStage = async () => {
  const random = numbersFrom(5)
  const server = createServer(random)
  const { clock, chat, network } = server
  const people = {
    ada: await chat.person('Ada'),
    bot: await chat.person('Bot', { kind: 'bot', bot: { runs: 'outside' } }),
  }
  let ids = 0
  const online = async (name: keyof typeof people): Promise<Client> => {
    const { user, session } = people[name].actor
    const client = createClient({
      server: 'http://chat.test',
      session: server.issue(user, session),
      edges: {
        ...server.edges(name),
        clock,
        random,
        uuid: () => `0000000${name === 'ada' ? 'a' : 'b'}-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
      },
    })
    client.start()
    await clock.pass(1_000)
    return client
  }
  const ada = await online('ada')
  const bot = await online('bot')
  const prompt = ada.send('general', 'Who are you?').id
  await clock.pass(1_000)
  const stored = async (): Promise<Message | undefined> => {
    const page = await chat.chat.execute(people.ada.actor, { action: 'history', room: 'general' as RoomId })
    return 'messages' in page ? page.messages.at(-1) : undefined
  }
  const shown = () => ada.state.rooms.get('general')?.window.messages.at(-1)
  return { clock, chat, network, server, people, ada, bot, prompt, stored, shown }
}
