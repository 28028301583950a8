import type { RoomId, UserId } from '@parley/protocol'
import { foldName, general } from '../store-rules.ts'
import { BadLine } from './bad-line.ts'
import type { ArchiveRecord, MemberRecord, MessageRecord, RoomRecord, UserRecord } from './records.ts'
import { roomLog } from './room-log.ts'

interface Marker {
  readonly read: number
  readonly line: number
}

/** Checks that what a record speaks of is there, and that nothing is there twice. All throw {@link BadLine}. */
export const references = () => {
  const users = new Set<UserId>()
  const names = new Set<string>()
  const rooms = new Set<RoomId>()
  const broadcasts = new Set<string>()
  /** The furthest marker of each room. */
  const markers = new Map<RoomId, Marker>()
  let room: RoomId | undefined
  let log = roomLog()

  const user = ({ id, name, kind }: UserRecord, line: number): void => {
    users.add(id)
    if (kind === 'guest') return
    const folded = foldName(name)
    if (names.has(folded)) throw new BadLine(line, `the name ${name} is taken by another user`)
    names.add(folded)
  }
  const facts = ({ id, kind, createdBy, with: people = [] }: RoomRecord, line: number): void => {
    rooms.add(id)
    if (id === general && kind !== 'public') throw new BadLine(line, 'general is a public room')
    const missing = [...people, ...(createdBy === undefined ? [] : [createdBy])].find((id) => !users.has(id))
    if (missing !== undefined) throw new BadLine(line, `there is no user ${missing}`)
  }
  const member = ({ room, user, read }: MemberRecord, line: number): void => {
    if (!rooms.has(room)) throw new BadLine(line, `there is no room ${room}`)
    if (!users.has(user)) throw new BadLine(line, `there is no user ${user}`)
    if (read > (markers.get(room)?.read ?? 0)) markers.set(room, { read, line })
  }
  /** The messages of the rooms before this one, or of all, are through. */
  const closeRooms = (upTo?: RoomId): void => {
    if (room !== undefined && room !== upTo) {
      const marker = markers.get(room)
      if (marker && marker.read > log.rev()) {
        throw new BadLine(marker.line, `has read up to ${marker.read}, but the last change of ${room} is ${log.rev()}`)
      }
      markers.delete(room)
      log = roomLog()
    }
    room = upTo
  }
  const message = (record: MessageRecord, line: number): void => {
    if (!rooms.has(record.room)) throw new BadLine(line, `there is no room ${record.room}`)
    closeRooms(record.room)
    const wrong = log.add(record)
    if (wrong !== undefined) throw new BadLine(line, wrong)
  }

  return {
    check(record: ArchiveRecord, line: number): void {
      if (record.type === 'user') user(record, line)
      else if (record.type === 'room') facts(record, line)
      else if (record.type === 'member') member(record, line)
      else if (record.type === 'message') message(record, line)
      else if (broadcasts.has(record.id)) throw new BadLine(line, 'the same broadcast twice')
      else broadcasts.add(record.id)
    },
    /** @param line the last one */
    end(line: number): void {
      closeRooms()
      const [silent] = markers
      if (silent)
        throw new BadLine(silent[1].line, `has read up to ${silent[1].read}, but nothing was said in ${silent[0]}`)
      if (!rooms.has(general)) throw new BadLine(line, 'the room general is missing')
    },
  }
}
