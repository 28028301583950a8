import type { Store } from '@parley/core'
import { describe, expect, test } from 'vitest'
import { streamsPartition } from './keys.ts'
import { Crash } from './testing/crash.ts'
import { localDynamo } from './testing/local-dynamo.ts'
import { application, change, end, reply, replyDraft, rivalMakers } from './testing/replies.ts'
import { rivals } from './testing/rivals.ts'
import { at, draft, general, message } from './testing/samples.ts'

const dynamo = localDynamo()
const given = () => rivalMakers(dynamo)

const orphans = async (store: Store) => (await store.orphans(at(90_000))).map(({ id }) => id)
const streamsIn = async ({ scan }: { scan(): Promise<string> }) =>
  (await scan()).split(`"pk":{"S":"${streamsPartition}"}`).length - 1

describe('no reply that is made is missing among the orphans', () => {
  test('though they are looked through while it begins', async () => {
    const place = await rivals(dynamo)
    const slow = place.gated('PutItem', 'rev#')
    const beginning = slow.store.appendMessage(replyDraft())
    await slow.gate.reached
    expect(await orphans(place.store)).toStrictEqual([])
    slow.gate.open()
    await beginning
    expect(await orphans(place.open())).toStrictEqual([reply])
  })

  test('though another takes the place where it was to begin', async () => {
    const place = await rivals(dynamo)
    const slow = place.gated('PutItem', '"sk":{"S":"rev#')
    const beginning = slow.store.appendMessage(replyDraft())
    await slow.gate.reached
    await place.store.appendMessage(draft(1))
    expect(await orphans(place.store)).toStrictEqual([])
    expect(await streamsIn(place)).toBe(0)
    slow.gate.open()
    await beginning
    expect(await orphans(place.open())).toStrictEqual([reply])
    expect(await streamsIn(place)).toBe(1)
  })

  test('though two begin one reply, and one of them comes too late', async () => {
    const place = await rivals(dynamo)
    const slow = place.gated('PutItem', '"sk":{"S":"rev#')
    const beginning = slow.store.appendMessage(replyDraft())
    await slow.gate.reached
    await place.store.appendMessage(replyDraft())
    slow.gate.open()
    expect(await beginning).toMatchObject({ repeated: true })
    expect(await orphans(place.open())).toStrictEqual([reply])
  })

  test('though two replies of a room aim at one place', async () => {
    const place = await rivals(dynamo)
    const slow = place.gated('PutItem', '"sk":{"S":"rev#')
    const beginning = slow.store.appendMessage(replyDraft())
    await slow.gate.reached
    await place.store.appendMessage(replyDraft(3))
    slow.gate.open()
    await beginning
    expect((await orphans(place.open())).toSorted()).toStrictEqual([reply, message(3)].toSorted())
  })

  test('though another is tried again, and aims at its place', async () => {
    const place = await given()
    await change(place.store, end())
    const slow = place.gated('PutItem', '"sk":{"S":"rev#')
    const beginning = slow.store.appendMessage(replyDraft(3))
    await slow.gate.reached
    const again = { kind: 'retry', leaseUntil: at(5_000) } as const
    await expect(change(place.dying('PutItem', '"sk":{"S":"rev#'), again)).rejects.toThrow(Crash)
    slow.gate.open()
    await beginning
    expect(await orphans(place.open())).toStrictEqual([message(3)])
  })

  test('though who tries it again dies before it begins', async () => {
    const place = await given()
    await change(place.store, end())
    const dying = place.dying(...application)
    await expect(change(dying, { kind: 'retry', leaseUntil: at(5_000) })).rejects.toThrow(Crash)
    expect(await orphans(place.open())).toStrictEqual([reply])
    expect(await place.open().message(general, reply)).toMatchObject({ message: { text: '', rev: 4 } })
  })

  test('and who ends one and dies leaves nothing that stays', async () => {
    const place = await given()
    const dying = place.dying('DeleteItem', streamsPartition)
    await expect(change(dying, end())).rejects.toThrow(Crash)
    expect(await streamsIn(place)).toBe(1)
    expect(await orphans(place.open())).toStrictEqual([])
    expect(await streamsIn(place)).toBe(0)
  })

  test('and an end that nobody has applied is seen', async () => {
    const place = await given()
    const dying = place.dying(...application)
    await expect(change(dying, end())).rejects.toThrow(Crash)
    expect(await orphans(place.open())).toStrictEqual([])
  })
})
