import type { ClientState, RoomState } from '@parley/client'
import { limits } from '@parley/protocol/limits'
import { columnsOf, fit } from '../terminal/columns.ts'
import type { Look, Paint } from '../terminal/paint.ts'
import { othersIn, titleOf } from '../words/names.ts'

interface Options {
  readonly state: ClientState
  /** The id of the room one is in. */
  readonly room: string
  readonly columns: number
  readonly rows: number
  readonly paint: Paint
}

/** Rooms of several people first, then those of two or few, each in the order of joining. */
export const orderedRooms = ({ rooms }: Pick<ClientState, 'rooms'>): readonly RoomState[] => {
  const all = [...rooms.values()]
  return [...all.filter(({ facts }) => facts.kind !== 'direct'), ...all.filter(({ facts }) => facts.kind === 'direct')]
}

/** Whether somebody else of a direct room is connected. */
const isSomebodyThere = (state: ClientState, room: RoomState): boolean =>
  othersIn(state, room.facts).some((id) => state.online.get(id))

export const unreadMark = ({ unread }: Pick<RoomState, 'unread'>): string =>
  unread === 0 ? '' : unread >= limits.unreadMax ? `${limits.unreadMax}+` : String(unread)

const roomRow = (room: RoomState, { state, room: current, columns, paint }: Options): string => {
  const isHere = room.id === current
  const isDirect = room.facts.kind === 'direct'
  const isThere = isDirect && isSomebodyThere(state, room)
  const count = isHere ? '' : unreadMark(room)
  const title = fit(titleOf(state, room.facts), columns - 5 - columnsOf(count))
  const look: Look = isHere ? ['bold', 'cyan'] : count ? ['bold'] : []
  const dot = isDirect ? (isThere ? paint('green', '●') : paint('dim', '○')) : ' '
  return `${isHere ? paint('cyan', '▌') : ' '}${dot} ${paint(look, title)} ${paint(['bold', 'cyan'], count)} `
}

/** All of one's rooms below each other, what is unread beside them, and oneself at the foot. */
export const sidebarRows = (options: Options): readonly string[] => {
  const { state, room: current, columns, rows, paint } = options
  const ordered = orderedRooms(state)
  const lines: { readonly text: string; readonly isHere?: boolean }[] = [
    { text: `   ${paint('bold', fit('Parley', columns - 3))}` },
    { text: fit('', columns) },
  ]
  const head = (word: string) => lines.push({ text: paint('dim', fit(`   ${word}`, columns)) })
  head('Rooms')
  let isInPeople = false
  for (const room of ordered) {
    if (room.facts.kind === 'direct' && !isInPeople) {
      isInPeople = true
      lines.push({ text: fit('', columns) })
      head('People')
    }
    lines.push({ text: roomRow(room, options), isHere: room.id === current })
  }
  const room = rows - 2
  const here = lines.findIndex(({ isHere }) => isHere)
  const first = lines.length <= room ? 0 : Math.max(0, Math.min(here - Math.floor(room / 2), lines.length - room))
  const shown = lines.slice(first, first + room).map(({ text }) => text)
  const isOnline = state.connection.status === 'online'
  const dot = isOnline ? paint('green', '●') : paint('yellow', '○')
  const me = ` ${dot} ${paint('dim', fit(state.me?.name ?? '', columns - 4))} `
  const gap = Array.from({ length: Math.max(0, rows - shown.length - 1) }, () => fit('', columns))
  return [...shown, ...gap, me].slice(0, rows)
}
