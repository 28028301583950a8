import { expect, test } from 'vitest'
import { newId, nodeWorld, say } from '../harness/world.ts'

const { guest, member, connect, room } = await nodeWorld()

/** 30 KB as JSON. */
const text = '한'.repeat(10_000)
/** So many of them, 18 MB, are far more than the system's buffers and the server's own hold. */
const count = 600

test('[L6] a client that never reads is closed, nobody waits for it, and sync mends what it missed', async () => {
  const writer = await member()
  const person = await guest()
  const [stuck, reader] = [await connect(person), await connect(await guest())]
  const place = await room('private', writer, stuck, reader)
  stuck.pause()
  reader.clear()
  const delays: number[] = []
  for (let index = 0; index < count; index += 1) {
    const began = performance.now()
    const { rev } = await say(writer, place, text)
    await reader.heard('message', (frame) => frame.rev === rev && frame.room === place)
    delays.push(performance.now() - began)
  }
  const gone = await reader.heard('presence', (frame) => frame.user === person.user.id && !frame.online)
  expect(gone.online).toBe(false)
  delays.sort((a, b) => a - b)
  expect(delays[Math.floor(count * 0.99)]).toBeLessThan(2_000)
  stuck.resume()
  await stuck.closed

  const back = await connect(person)
  const mended = new Set<number>()
  for (let since = 0, more = true; more; ) {
    const synced = await back.ask('synced', { action: 'sync', room: place, since })
    for (const { rev } of synced.messages) mended.add(rev)
    since = synced.rev
    more = synced.more
  }
  expect(mended.size).toBe(count)
})

test('[L6] a client that reads again soon after is told why: 1013', async () => {
  const writer = await member()
  const person = await guest()
  const place = await room('private', writer, await connect(person))
  const codes: (number | undefined)[] = []
  // How much the system holds for a reader is its own affair, so ever more is sent until it is too much.
  for (let messages = 100; messages <= count && codes.at(-1) === undefined; messages += 100) {
    const slow = await connect(person)
    slow.pause()
    const frames = Array.from({ length: messages }, () => ({ action: 'send', room: place, id: newId(), text }))
    let last = 0
    for (let from = 0; from < messages; from += 20) {
      const answers = await Promise.all(frames.slice(from, from + 20).map((frame) => writer.ask('message', frame)))
      last = Math.max(last, ...answers.map(({ rev }) => rev))
    }
    slow.resume()
    const heard = slow
      .heard('message', ({ rev }) => rev === last)
      .then(
        () => undefined,
        () => slow.closed,
      )
    codes.push((await heard)?.code)
    slow.vanish()
  }
  expect(codes.at(-1)).toBe(1013)
})

test('[L6] a client that reads is not closed, however much it has asked for at once', async () => {
  const writer = await member()
  const place = await room('public', writer)
  for (let index = 0; index < 3; index += 1) await say(writer, place, text)
  const reader = await connect(await guest())
  const asked = Array.from({ length: 60 }, () => reader.ask('page', { action: 'history', room: place }))
  for (const { messages } of await Promise.all(asked)) expect(messages).toHaveLength(3)
})
