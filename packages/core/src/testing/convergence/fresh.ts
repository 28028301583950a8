import type { Down, DownType, Message, Up } from '@parley/protocol'
import type { ClientState, RoomState } from '../reducer.ts'
import type { TestClient } from '../test-client.ts'

/** Says a frame that must be answered by a frame of a type. */
export const ask = async <T extends DownType>(client: TestClient, type: T, frame: Up): Promise<Down<T>> => {
  const answer = await client.say(frame)
  if (answer.type !== type) throw new Error(`${JSON.stringify(frame)} was answered by ${JSON.stringify(answer)}`)
  return answer as Down<T>
}

const wholeHistory = async (client: TestClient, room: RoomState['facts']['id']): Promise<readonly Message[]> => {
  const all: Message[] = []
  let before: number | undefined
  for (;;) {
    const place = before === undefined ? {} : { before }
    const page = await ask(client, 'page', { action: 'history', room, limit: 4, ...place })
    all.unshift(...page.messages)
    before = page.messages[0]?.seq
    if (!page.more || before === undefined) return all
  }
}

/** All that somebody may know, fetched by a new connection that holds nothing: by `welcome`, `history` and `members`. */
export const fetchFresh = async (client: TestClient): Promise<ClientState> => {
  const welcome = await ask(client, 'welcome', { action: 'hello', v: 1 })
  const rooms: Record<string, RoomState> = {}
  for (const { read, unread, rev, ...facts } of welcome.rooms) {
    const messages = await wholeHistory(client, facts.id)
    const { members } = await ask(client, 'members', { action: 'members', room: facts.id })
    rooms[facts.id] = { facts, read, unread, rev, messages, members }
  }
  return { me: welcome.me, rooms }
}
