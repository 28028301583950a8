import { type ArchiveRecord, foldName, type MessageRecord } from '@parley/core'
import { general } from '@parley/core/store-rules'
import type { RoomId } from '@parley/protocol'
import { type AccountItem, nameKeyOf } from '../account-item.ts'
import { broadcastItem } from '../broadcasts.ts'
import type { Context } from '../context.ts'
import type { FactsItem } from '../founding.ts'
import { accountKey, accountListKey, botKey, factsKey, hintKey, publicRoomKey } from '../keys.ts'
import { memberItem } from '../member-item.ts'
import type { NameItem } from '../names.ts'
import { type ItemBuffer, itemBuffer } from './item-buffer.ts'
import { placeMarker } from './marker.ts'
import { type LogWriter, logWriter } from './write-log.ts'
import { writeMarkers } from './write-markers.ts'

type Kind<T extends ArchiveRecord['type']> = Extract<ArchiveRecord, { type: T }>

const addUser = (buffer: ItemBuffer, { type: _type, ...account }: Kind<'user'>, token: string): void => {
  const { id, kind, name } = account
  const folded = foldName(name)
  buffer.add({ ...nameKeyOf({ id, kind, folded }), user: id, token } as NameItem)
  if (kind !== 'guest') buffer.add(accountListKey(id))
  if (kind === 'bot') buffer.add(botKey(id))
  buffer.add({ ...accountKey(id), ...account, folded, nameToken: token } as AccountItem)
}

const addRoom = (buffer: ItemBuffer, { type: _type, ...facts }: Kind<'room'>, token: string): void => {
  if (facts.kind === 'public' && facts.id !== general) buffer.add(publicRoomKey(facts.id))
  buffer.add({ ...factsKey(facts.id), ...facts, token } as FactsItem)
}

const addMember = (buffer: ItemBuffer, member: Kind<'member'>, token: string): void => {
  buffer.add(hintKey(member.user, member.room))
  buffer.add(memberItem(member, token, 0))
}

/** Writes records as they come; `end` writes what can only be known when all are there. */
const recordWriter = (context: Context, buffer: ItemBuffer) => {
  const token = context.token()
  /** Rooms in which somebody has read something. */
  const marked = new Set<RoomId>()
  let log: LogWriter | undefined
  let index = 0

  const addMessage = async (message: MessageRecord): Promise<void> => {
    if (log?.room !== message.room) {
      await log?.end()
      log = logWriter(message.room, buffer, token)
    }
    await log.add(message, index)
  }

  return {
    async add(record: ArchiveRecord): Promise<void> {
      if (record.type === 'user') addUser(buffer, record, token)
      else if (record.type === 'room') addRoom(buffer, record, token)
      else if (record.type === 'member') addMember(buffer, record, token)
      else if (record.type === 'message') await addMessage(record)
      else buffer.add(broadcastItem(record))
      if (record.type === 'member' && record.read > 0) marked.add(record.room)
      index += 1
      await buffer.flush()
    },
    async end(): Promise<void> {
      await log?.end()
      await buffer.flush('all')
      for (const room of marked) await writeMarkers(context, room, buffer)
    },
  }
}

/**
 * Fills an empty table. A marker, which comes first and goes last, keeps everybody else from it; so an import that died
 * is known, and the next one removes what it has left.
 */
export const writeArchive = async (
  context: Context,
  where: string,
  records: AsyncIterable<ArchiveRecord>,
): Promise<void> => {
  const marker = await placeMarker(context, where)
  try {
    const writer = recordWriter(context, itemBuffer(context.items, marker.show))
    for await (const record of records) await writer.add(record)
    await writer.end()
    await marker.remove()
  } catch (error) {
    // Where this fails too, the marker stays, and what was wrong first is what there is to tell.
    await marker.undo().catch(() => {})
    throw error
  }
}
