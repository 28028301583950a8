import type { ClientState, ConnectionState, RoomState } from '@parley/client'
import { columnsOf, cut, fit } from '../terminal/columns.ts'
import type { Look, Paint } from '../terminal/paint.ts'
import { listed, nameOf, titleOf } from '../words/names.ts'
import { orderedRooms, unreadMark } from './sidebar.ts'

/** Something that is said to who sits here, until they go on. */
export interface Notice {
  readonly text: string
  /** A person says it, not the program. */
  readonly isSaid?: boolean
}

interface Options {
  readonly state: ClientState
  readonly room: RoomState | undefined
  readonly notice: Notice | undefined
  /** How many messages are below what is seen. */
  readonly below: number
  /** Whether the list of rooms is not to be seen beside. */
  readonly isAlone: boolean
  readonly columns: number
  readonly now: number
  readonly paint: Paint
}

const connectionWords = (connection: ConnectionState, now: number): string | undefined => {
  switch (connection.status) {
    case 'online':
    case 'idle':
      return undefined
    case 'ended':
      return connection.reason.message
    case 'connecting':
      return 'Reconnecting. What you write is kept.'
    case 'waiting': {
      const seconds = Math.max(1, Math.ceil((connection.retryAt - now) / 1000))
      return `Offline, trying again in ${seconds} s. What you write is kept.`
    }
  }
}

const typingWords = (state: ClientState, room: RoomState | undefined): string => {
  const names = (room?.typing ?? []).map((id) => nameOf(state, id))
  if (names.length === 0) return ''
  return `${names.length > 3 ? 'Several people are' : `${listed(names)} ${names.length > 1 ? 'are' : 'is'}`} writing`
}

/** Other rooms with something unread, where there is no list of them. */
const elsewhere = (state: ClientState, room: RoomState | undefined): string =>
  orderedRooms(state)
    .filter(({ id, unread }) => unread > 0 && id !== room?.id)
    .map((other) => `${titleOf(state, other.facts)} ${unreadMark(other)}`)
    .join('  ')

const leftOf = ({ state, room, notice, now }: Options): readonly [string, Look] => {
  const connection = connectionWords(state.connection, now)
  if (notice?.isSaid) return [notice.text, ['bold', 'cyan']]
  if (connection !== undefined) return [connection, 'yellow']
  if (notice) return [notice.text, 'cyan']
  return [typingWords(state, room), 'dim']
}

/** One line between the conversation and what is being written. */
export const statusRow = (options: Options): string => {
  const { state, room, below, isAlone, columns, paint } = options
  const inner = columns - 2
  const [left, look] = leftOf(options)
  const unread = isAlone ? elsewhere(state, room) : ''
  const right = cut(below > 0 ? `${below} below` : unread, Math.floor(inner / 2))
  const shown = cut(left, inner - columnsOf(right) - (right ? 2 : 0))
  const gap = fit('', Math.max(0, inner - columnsOf(shown) - columnsOf(right)))
  return ` ${paint(look, shown)}${gap}${paint(below > 0 ? 'cyan' : 'bold', right)} `
}
