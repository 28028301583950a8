import { expect, test } from 'vitest'
import type { ArchiveRecord } from '../../archive/records.ts'
import { archiveLines } from '../../archive/write-lines.ts'
import type { Store } from '../../ports/store.ts'
import type { MakeArchive } from '../archive-contract.ts'
import {
  account,
  append,
  draft,
  facts,
  general,
  instant,
  membership,
  messageId,
  roomId,
  upTo,
  userId,
  whole,
} from '../samples.ts'
import { fill, linesOf } from './lines.ts'

/** One thing after another that happens while an archive is read: early messages are changed, new ones come. */
const happenings = async (store: Store, number: number): Promise<void> => {
  await store.changeMessage(general, messageId(number), { kind: 'edit', text: `changed ${number}`, at: instant(9_000) })
  await append(store, draft(1_000 + number, 1))
  await store.changeMessage(general, messageId(1_000 + number), { kind: 'delete', at: instant(9_001) })
  await store.addUser(account(100 + number))
  const room = `room-${number}`
  await store.createRoom(facts(room, { createdBy: userId(100 + number) }), [membership(room, 100 + number)])
  await append(store, draft(1, 1, { room: roomId(room) }))
  await store.moveMarker(general, userId(1), 10_000)
}

const messagesIn = (records: readonly ArchiveRecord[]) =>
  records.flatMap((record) => (record.type === 'message' && record.room === general ? [record] : []))

export const meanwhileTests = (make: MakeArchive): void => {
  test('an archive that is read while a server writes is whole, each room as it stood at one moment', async () => {
    const { archive, open } = await make()
    const store = await open()
    await store.addUser(account(1))
    for (const number of upTo(30)) await append(store, draft(number, 1))
    for (const number of upTo(10)) {
      await store.changeMessage(general, messageId(number * 2), { kind: 'edit', text: 'before', at: instant(8_000) })
    }
    /** What general was like at each of its revs. */
    const past = new Map<number, unknown>()
    const remember = async () => {
      const { rev, messages } = await store.history(general, {}, whole)
      past.set(
        rev,
        messages.map(({ message }) => message),
      )
    }
    await remember()

    const records: ArchiveRecord[] = []
    for await (const record of archive.read({ passwords: false })) {
      records.push(record)
      if (records.length > 25) continue
      await happenings(store, records.length)
      await remember()
    }

    const messages = messagesIn(records).map(({ type: _type, origin: _origin, bag: _bag, ...message }) => message)
    const rev = Math.max(...messages.map((message) => message.rev))
    expect(messages).toStrictEqual(past.get(rev))
    const to = await make()
    const lines: string[] = []
    for await (const line of archiveLines(given(records), { passwords: false })) lines.push(line.slice(0, -1))
    await fill(to.archive, lines)
    expect(await linesOf(to.archive, false)).toStrictEqual(lines)
  })

  test('whoever stops reading in the middle leaves nothing open', async () => {
    const { archive, open, close } = await make()
    await (await open()).addUser(account(1))
    for await (const record of archive.read({ passwords: false })) {
      expect(record.type).toBe('user')
      break
    }
    await close()
    expect(await (await open()).user(userId(1))).toStrictEqual(account(1))
  })
}

async function* given(records: readonly ArchiveRecord[]): AsyncGenerator<ArchiveRecord> {
  yield* records
}
