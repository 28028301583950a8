import { expect, test } from 'vitest'
import type { Store } from '../../ports/store.ts'
import { append, draft, facts, general, instant, membership, messageId, roomId, upTo } from '../samples.ts'
import { changeReply, end, growReply, head, reply, restart, retry, withReply } from './reply-samples.ts'

export const streamLeaseTests = (given: () => Store): void => {
  const stream = async () => (await given().message(general, reply))?.stream
  const lease = (run: number, until: number, endedBefore?: number) =>
    given().leaseStream(general, reply, {
      run,
      until: instant(until),
      ...(endedBefore !== undefined && { endedBefore: instant(endedBefore) }),
    })
  const orphans = (before: number) => given().orphans(instant(before))

  test('the maker of a reply moves the end of its lease, and nothing else', async () => {
    const { message } = await withReply(given(), 'one')
    expect(await lease(2, 40_000)).toBe(true)
    expect(await given().message(general, reply)).toStrictEqual({
      message,
      stream: { run: 2, leaseUntil: instant(40_000), restarts: 0 },
    })
    expect(await head(given())).toBe(2)
  })

  test('who makes it no more, and who makes no reply, moves nothing', async () => {
    await withReply(given())
    expect(await lease(1, 40_000)).toBe(false)
    expect(await lease(3, 40_000)).toBe(false)
    expect(await given().leaseStream(general, messageId(1), { run: 1, until: instant(40_000) })).toBe(false)
    expect(await given().leaseStream(general, messageId(9), { run: 2, until: instant(40_000) })).toBe(false)
    expect(await given().leaseStream(roomId('nowhere'), reply, { run: 2, until: instant(40_000) })).toBe(false)
    expect(await stream()).toMatchObject({ leaseUntil: instant(10_000) })
    await changeReply(given(), restart(2))
    expect(await lease(2, 40_000)).toBe(false)
    expect(await lease(3, 40_000)).toBe(true)
    await changeReply(given(), end())
    expect(await lease(3, 50_000)).toBe(false)
  })

  test('only a lease that has run out can be claimed', async () => {
    await withReply(given())
    expect(await lease(2, 40_000, 9_999)).toBe(false)
    expect(await lease(2, 40_000, 10_000)).toBe(true)
    expect(await lease(2, 50_000, 10_000)).toBe(false)
    expect(await lease(2, 50_000, 40_001)).toBe(true)
    expect(await stream()).toStrictEqual({ run: 2, leaseUntil: instant(50_000), restarts: 0 })
  })

  test('of several that claim a lease at once one gets it', async () => {
    await withReply(given())
    const claims = await Promise.all(upTo(8).map((number) => lease(2, 40_000 + number, 12_000)))
    expect(claims.filter((claimed) => claimed)).toHaveLength(1)
    const winner = claims.indexOf(true) + 1
    expect((await stream())?.leaseUntil).toBe(instant(40_000 + winner))
  })

  test('of several that begin a reply anew at once one does', async () => {
    await withReply(given(), 'one')
    const answers = await Promise.all(
      upTo(8).map((number) => given().changeMessage(general, reply, restart(2, 40_000 + number))),
    )
    expect(answers.filter((answer) => answer !== 'ended')).toHaveLength(1)
    expect(await stream()).toMatchObject({ run: 3, restarts: 1 })
    expect(await head(given())).toBe(3)
  })

  test('orphans are the replies whose lease ended before, in all rooms', async () => {
    const { message } = await withReply(given())
    await given().createRoom(facts('club'), [membership('club', 1)])
    await append(given(), draft(5, 1, { room: roomId('club'), streaming: { leaseUntil: instant(12_000) } }))
    await append(given(), draft(6, 1, { streaming: { leaseUntil: instant(90_000) } }))
    const inClub = { room: roomId('club'), id: messageId(5) }
    const inGeneral = { room: general, id: message.id }
    expect(await orphans(10_000)).toStrictEqual([])
    expect(await orphans(10_001)).toStrictEqual([inGeneral])
    const both = await orphans(20_000)
    expect(both).toHaveLength(2)
    expect(both).toStrictEqual(expect.arrayContaining([inGeneral, inClub]))
    await growReply(given(), 0, 'still here')
    expect(await orphans(20_000)).toStrictEqual([inClub])
    await given().leaseStream(inClub.room, inClub.id, { run: 1, until: instant(25_000) })
    expect(await orphans(20_000)).toStrictEqual([])
  })

  test('what has ended, was deleted or never grew is no orphan', async () => {
    await withReply(given())
    await append(given(), draft(3, 1, { streaming: { leaseUntil: instant(10_000) } }))
    expect(await orphans(60_000)).toHaveLength(2)
    await changeReply(given(), end({ ended: 'interrupted' }))
    expect(await orphans(60_000)).toStrictEqual([{ room: general, id: messageId(3) }])
    await given().changeMessage(general, messageId(3), { kind: 'delete', at: instant(50) })
    expect(await orphans(60_000)).toStrictEqual([])
    await changeReply(given(), retry(30_000))
    expect(await orphans(30_000)).toStrictEqual([])
    expect(await orphans(60_000)).toStrictEqual([{ room: general, id: reply }])
  })

  test('many orphans are told a hundred at a time, and none is left out for good', async () => {
    await withReply(given())
    await changeReply(given(), end())
    const streaming = { leaseUntil: instant(10_000) }
    await Promise.all(upTo(120).map((number) => append(given(), draft(100 + number, 1, { streaming }))))
    const ended = new Set<string>()
    for (const _ of upTo(3)) {
      const page = await orphans(60_000)
      expect(page.length).toBeLessThanOrEqual(100)
      await Promise.all(
        page.map(async ({ room, id }) => {
          ended.add(id)
          await given().changeMessage(room, id, end({ ended: 'interrupted' }))
        }),
      )
    }
    expect(ended.size).toBe(120)
    expect(await orphans(60_000)).toStrictEqual([])
  })
}
