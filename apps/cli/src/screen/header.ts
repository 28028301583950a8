import type { ClientState, RoomState } from '@parley/client'
import { columnsOf, cut, fit } from '../terminal/columns.ts'
import { harmless } from '../terminal/harmless.ts'
import type { Paint } from '../terminal/paint.ts'
import { nameOf, othersIn, titleOf } from '../words/names.ts'

interface Person {
  readonly name: string
  readonly isHere: boolean
}

/** Who is in a room, oneself left out: those who are connected first. */
const othersOf = (state: ClientState, room: RoomState): readonly Person[] => {
  const ids = room.facts.kind === 'direct' ? othersIn(state, room.facts) : (room.members ?? []).map(({ id }) => id)
  return ids
    .filter((id) => id !== state.me?.id)
    .map((id) => ({ name: nameOf(state, id), isHere: state.online.get(id) ?? false }))
    .sort((one, other) => Number(other.isHere) - Number(one.isHere))
}

/** People by name where there is place for them, else only how many. */
const peopleOf = (people: readonly Person[], columns: number, paint: Paint): { text: string; columns: number } => {
  const names = people.map(({ name }) => `● ${name}`).join('  ')
  if (people.length > 0 && people.length <= 6 && columnsOf(names) <= columns) {
    const text = people
      .map(({ name, isHere }) => (isHere ? `${paint('green', '●')} ${name}` : paint('dim', `○ ${name}`)))
      .join('  ')
    return { text, columns: columnsOf(names) }
  }
  const here = people.filter(({ isHere }) => isHere).length + 1
  const words = people.length === 0 ? '' : `${people.length + 1} people, ${here} here`
  return columnsOf(words) <= columns
    ? { text: paint('dim', words), columns: columnsOf(words) }
    : { text: '', columns: 0 }
}

/** A direct room of two says by its title who is there. */
const pairRow = (state: ClientState, room: RoomState, columns: number, paint: Paint): string => {
  const isHere = othersOf(state, room).some((person) => person.isHere)
  const dot = isHere ? paint('green', '●') : paint('dim', '○')
  return ` ${dot} ${paint('bold', cut(titleOf(state, room.facts), columns - 4))}`
}

/** The room's name, what it is about, and who is there. */
export const headerRow = (state: ClientState, room: RoomState, columns: number, paint: Paint): string => {
  if (room.facts.kind === 'direct' && room.facts.with?.length === 2) return pairRow(state, room, columns, paint)
  const inner = columns - 2
  const title = cut(titleOf(state, room.facts), inner)
  const left = inner - columnsOf(title) - 3
  const isDirect = room.facts.kind === 'direct'
  const topic = harmless(room.facts.topic)
  const people = peopleOf(othersOf(state, room), Math.max(0, isDirect ? left : Math.floor(left * 0.6)), paint)
  const about = cut(topic, Math.max(0, left - people.columns - (people.columns > 0 ? 2 : 0)))
  const gap = Math.max(0, inner - columnsOf(title) - 3 - columnsOf(about) - people.columns)
  return ` ${paint('bold', title)}   ${paint('dim', about)}${fit('', gap)}${people.text} `
}
