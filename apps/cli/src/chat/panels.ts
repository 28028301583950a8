import { listRooms } from '../list-rooms.ts'
import { harmless } from '../terminal/harmless.ts'
import { until } from '../until.ts'
import { nameOf, titleOf } from '../words/names.ts'
import { standingOf } from '../words/room-words.ts'
import type { SlashCommand } from './commands.ts'
import { type Panel, type PanelLine, roomOf, type Talk } from './talk.ts'

/** How long a list is waited for that is on its way. */
const patienceMs = 5_000

export const helpPanel = ({ keys }: Talk, commands: readonly SlashCommand[]): (() => Panel) => {
  const lines = [...commands.map(({ usage, about }) => ({ label: usage, text: about })), ...keys]
  return () => ({ title: 'What you can do', lines })
}

/** One's own rooms and all public ones. @throws ParleyError */
export const roomsPanel = async ({ client }: Talk): Promise<() => Panel> => {
  const rooms = await listRooms(client)
  return () => ({
    title: 'Rooms',
    lines: rooms.map((room) => ({
      label: room.kind === 'direct' ? `@${titleOf(client.state, room)}` : room.id,
      text: [standingOf(room), harmless(room.topic)].filter(Boolean).join(', '),
      isMarked: room.member && room.unread > 0,
    })),
  })
}

const peopleNow = (talk: Talk): Panel => {
  const { state } = talk.client
  const room = roomOf(talk)
  const lines = (room?.members ?? []).map(({ id, role }): PanelLine => {
    const isHere = state.online.get(id) ?? false
    const remarks = [
      isHere ? 'here' : 'away',
      role === 'admin' && 'admin',
      state.people.get(id)?.kind === 'bot' && 'bot',
    ]
    return { label: nameOf(state, id), text: remarks.filter(Boolean).join(', '), isMarked: isHere }
  })
  const rank = ({ isMarked, label }: PanelLine): string => `${isMarked ? 0 : 1} ${label.toLowerCase()}`
  return {
    title: room ? `People in ${titleOf(state, room.facts)}` : 'People',
    lines: lines.sort((one, other) => (rank(one) < rank(other) ? -1 : 1)),
  }
}

/** Who is in the room, those who are connected first. */
export const peoplePanel = async (talk: Talk): Promise<() => Panel> => {
  await until(talk.client, () => roomOf(talk)?.members !== undefined, patienceMs)
  return () => peopleNow(talk)
}
