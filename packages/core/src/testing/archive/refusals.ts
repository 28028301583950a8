import { expect, test } from 'vitest'
import { BadLine } from '../../archive/bad-line.ts'
import { importLines } from '../../archive/move.ts'
import { NotEmpty } from '../../ports/archive.ts'
import type { MakeArchive } from '../archive-contract.ts'
import { account, append, draft, general, messageId, userId, whole } from '../samples.ts'
import { fileOf, fill, linesOf } from './lines.ts'
import { makeWholeChat } from './whole-chat.ts'

/** A whole chat, as lines. */
const wholeLines = async (make: MakeArchive): Promise<string[]> => {
  const { archive, open } = await make()
  await makeWholeChat(await open())
  return linesOf(archive)
}

export const refusalTests = (make: MakeArchive): void => {
  test('a store that knows somebody is not filled', async () => {
    const { archive, open, close } = await make()
    await (await open()).addUser(account(1))
    const before = await linesOf(archive)
    await close()
    await expect(fill(archive, await wholeLines(make))).rejects.toThrow(NotEmpty)
    expect(await linesOf(archive)).toStrictEqual(before)
  })

  test('a store that was filled is not filled again', async () => {
    const { archive } = await make()
    const lines = await wholeLines(make)
    await fill(archive, lines)
    await expect(fill(archive, lines)).rejects.toThrow(NotEmpty)
    expect(await linesOf(archive)).toStrictEqual(lines)
  })

  test('a broken line, wherever it is, leaves nothing; the whole file does then', async () => {
    const { archive, open, close } = await make()
    const before = await linesOf(archive)
    const lines = await wholeLines(make)
    for (const index of [1, 8, 13, 25, 30, lines.length - 1]) {
      const broken = lines.with(index, `${lines[index]?.slice(0, -1)},"colour":1}`)
      await expect(fill(archive, broken)).rejects.toThrow(new BadLine(index + 1, 'unknown field colour'))
      expect(await linesOf(archive)).toStrictEqual(before)
    }
    await expect(fill(archive, lines.slice(0, -1))).rejects.toThrow(`line ${lines.length}: the file stops here`)
    const store = await open()
    expect(await store.user(userId(1))).toBeUndefined()
    expect(await store.userByName('Person 1')).toBeUndefined()
    expect(await store.history(general, {}, whole)).toStrictEqual({ messages: [], rev: 0, more: false })
    expect(await store.accounts({ limit: 10 })).toStrictEqual([])
    await close()
    await fill(archive, lines)
    expect(await linesOf(archive)).toStrictEqual(lines)
  })

  test('a message id that is twice in a room is refused by its line, near or far', async () => {
    const { archive, open, close } = await make()
    const store = await open()
    await store.addUser(account(1))
    for (let number = 1; number <= 300; number += 1) await append(store, draft(number, 1))
    const lines = await linesOf(archive)
    await close()
    const to = await make()
    const first = lines.findIndex((line) => line.includes('"message"'))
    for (const [earlier, later] of [
      [first, first + 1],
      [first + 3, first + 299],
    ] as const) {
      const other = JSON.parse(lines[later] ?? '')
      const twice = lines.with(later, JSON.stringify({ ...other, id: JSON.parse(lines[earlier] ?? '').id }))
      await expect(fill(to.archive, twice)).rejects.toThrow(
        new BadLine(later + 1, 'a message of this id is in the room already'),
      )
    }
    await fill(to.archive, lines)
    expect(await (await to.open()).message(general, messageId(300))).toBeDefined()
  })

  test('a file that cannot be read to its end leaves nothing', async () => {
    const { archive } = await make()
    const before = await linesOf(archive)
    const lines = await wholeLines(make)
    const gone = new Error('the disk is gone')
    const failing = async function* () {
      yield* fileOf(lines.slice(0, 20))
      throw gone
    }
    await expect(importLines(archive, failing())).rejects.toBe(gone)
    expect(await linesOf(archive)).toStrictEqual(before)
  })
}
