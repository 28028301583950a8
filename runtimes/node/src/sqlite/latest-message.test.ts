import type { Draft } from '@parley/core'
import type { MessageId, RoomId, UserId } from '@parley/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sqliteStore } from './sqlite-store.ts'
import { type TemporaryDatabase, temporaryDatabase } from './testing/temporary-database.ts'

const rooms = ['general', 'club'] as RoomId[]
const users = ['ana', 'bia'] as UserId[]
const origins = ['often', 'now and then', 'once']

let temporary: TemporaryDatabase
beforeEach(async () => {
  temporary = await temporaryDatabase()
})
afterEach(() => temporary.stop())

const instant = (ms: number): string => new Date(ms).toISOString()

/** Who sends the message of a number, and where: some origins every few messages, one in hundreds, in no order. */
const draft = (number: number): Draft => {
  const dice = (number * 7_919) % 997
  const origin = dice < 2 ? 'once' : dice < 12 ? 'now and then' : dice < 700 ? 'often' : undefined
  return {
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as MessageId,
    room: rooms[dice % 2] as RoomId,
    from: { id: users[dice % 3 === 0 ? 1 : 0] as UserId, name: 'x', kind: 'person' },
    text: `text ${number}`,
    at: instant(number),
    ...(origin !== undefined && { origin }),
  }
}

test('the newest message of an origin is found, however many there are, at any time', async () => {
  const store = sqliteStore(temporary.database())
  await store.createRoom({ id: 'club' as RoomId, kind: 'public', name: 'club', topic: '', createdAt: instant(0) }, [])
  const drafts = Array.from({ length: 3_000 }, (_, index) => draft(index + 1))
  await Promise.all(drafts.map((one) => store.appendMessage(one)))
  const again = sqliteStore(await temporary.reopen())
  await again.appendMessage({
    ...draft(5_000),
    origin: 'often',
    from: { id: 'ana' as UserId, name: 'x', kind: 'person' },
  })

  let found = 0
  for (const origin of origins) {
    for (const user of users) {
      for (let until = 0; until <= 3_000; until += 97) {
        const from = until - 500
        const expected = drafts.findLast(
          (one) => one.origin === origin && one.from.id === user && one.at >= instant(from) && one.at <= instant(until),
        )
        const latest = await again.latestMessage(user, origin, instant(from), instant(until))
        expect(latest?.id).toBe(expected?.id)
        if (latest) found += 1
      }
    }
  }
  expect(found).toBeGreaterThan(100)
  expect((await again.latestMessage('ana' as UserId, 'often', instant(0), instant(9_999)))?.id).toBe(draft(5_000).id)
})
