import { BadLine } from './bad-line.ts'
import type { ArchiveRecord } from './records.ts'

const kinds: readonly ArchiveRecord['type'][] = ['user', 'room', 'member', 'message', 'broadcast']

/** What a record is sorted by among those of its kind. No id holds a newline. */
const placeOf = (record: ArchiveRecord): readonly [string, number] => {
  if (record.type === 'member') return [`${record.room}\n${record.user}`, 0]
  if (record.type === 'message') return [record.room, record.seq]
  if (record.type === 'broadcast') return [`${record.at}\n${record.id}`, 0]
  return [record.id, 0]
}

const words: Record<ArchiveRecord['type'], string> = {
  user: 'users come by id',
  room: 'rooms come by id',
  member: 'members come by room and user',
  message: 'messages come by room and seq',
  broadcast: 'broadcasts come by time and id',
}

/** Checks that each record comes after the one before it, and none twice. */
export const recordOrder = () => {
  let kind: ArchiveRecord['type'] = 'user'
  let text = ''
  let number = 0
  return {
    /** @throws {BadLine} */
    check(record: ArchiveRecord, line: number): void {
      const [nextText, nextNumber] = placeOf(record)
      const { type } = record
      if (type !== kind) {
        if (kinds.indexOf(type) < kinds.indexOf(kind)) throw new BadLine(line, `a ${type} comes before every ${kind}`)
      } else if (nextText < text || (nextText === text && nextNumber <= number)) {
        const same = nextText === text && nextNumber === number
        throw new BadLine(line, same ? `the same ${type} twice` : `is out of order: ${words[type]}`)
      }
      kind = type
      text = nextText
      number = nextNumber
    },
  }
}
