import type { Bot } from '@parley/bot'
import { type HandTimers, handTimers } from '@parley/bot/testing'
import { collectedLog } from '@parley/core/testing'
import { describe, expect, test } from 'vitest'
import { sqliteJobs } from '../sqlite/sqlite-jobs.ts'
import { replyJob, temporaryJobs } from '../sqlite/testing/temporary-jobs.ts'
import { jobQueue } from './job-queue.ts'
import type { KeptJobs } from './kept-jobs.ts'

const minute = 60_000

const keptInFile = temporaryJobs()

/** Jobs that are under way end when the test says so. */
const worker = () => {
  const underWay = new Map<string, { readonly signal: AbortSignal; done(worked?: unknown): void; fail(): void }>()
  const begun: string[] = []
  const waiting: { readonly count: number; readonly resolve: () => void }[] = []
  const work: Bot['work'] = ({ id }, signal) =>
    new Promise((resolve, reject) => {
      const end = () => underWay.delete(id)
      underWay.set(id, {
        signal,
        done: (worked = 'done') => {
          end()
          resolve(worked as 'done')
        },
        fail: () => {
          end()
          reject(new Error('the storage does not answer'))
        },
      })
      signal.addEventListener('abort', () => {
        end()
        reject(signal.reason)
      })
      begun.push(id)
      for (const one of waiting) if (begun.length >= one.count) one.resolve()
    })
  return {
    work,
    begun,
    underWay,
    /** When so many have been begun in all. */
    hasBegun: (count: number): Promise<void> =>
      new Promise((resolve) => {
        if (begun.length >= count) resolve()
        else waiting.push({ count, resolve })
      }),
    end: (id: string, worked?: unknown) => underWay.get(id)?.done(worked),
    fail: (id: string) => underWay.get(id)?.fail(),
  }
}

/** Waits, without looking at a clock, until something holds. */
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve))
}

const queueOf = (kept: KeptJobs, timers: HandTimers = handTimers()) => {
  const log = collectedLog()
  const working = worker()
  const queue = jobQueue({ kept, work: working.work, timers, log, atOnce: 3 })
  return { queue, log, timers, ...working }
}

const idsOf = (kept: KeptJobs): string[] => kept.all().map(({ id }) => id)

describe('the queue', () => {
  test('does a job that is asked for, then forgets it', async () => {
    const { kept } = await keptInFile()
    const { queue, hasBegun, end, underWay, begun } = queueOf(kept)
    queue.start()
    await queue.enqueue([replyJob('a')])
    await hasBegun(1)
    expect(idsOf(kept)).toStrictEqual(['a'])
    end('a')
    await until(() => idsOf(kept).length === 0)
    expect([begun, underWay.size]).toStrictEqual([['a'], 0])
  })

  test('does the same job once while it is there, and again when it is asked for anew', async () => {
    const { kept } = await keptInFile()
    const { queue, hasBegun, end, begun } = queueOf(kept)
    queue.start()
    await Promise.all([queue.enqueue([replyJob('a'), replyJob('a')]), queue.enqueue([replyJob('a')])])
    await hasBegun(1)
    await queue.enqueue([replyJob('a')])
    expect(begun).toStrictEqual(['a'])
    end('a')
    await until(() => idsOf(kept).length === 0)
    await queue.enqueue([replyJob('a')])
    await hasBegun(2)
    expect(begun).toStrictEqual(['a', 'a'])
  })

  test('keeps what is asked for before it is started, and does it then', async () => {
    const { kept } = await keptInFile()
    const { queue, hasBegun, begun } = queueOf(kept)
    await queue.enqueue([replyJob('a')])
    expect(begun).toStrictEqual([])
    queue.start()
    await hasBegun(1)
    expect(begun).toStrictEqual(['a'])
  })

  test('does so many at a time, and the others after them', async () => {
    const { kept } = await keptInFile()
    const { queue, hasBegun, end, underWay } = queueOf(kept)
    queue.start()
    await queue.enqueue(['a', 'b', 'c', 'd', 'e'].map(replyJob))
    await hasBegun(3)
    expect([...underWay.keys()]).toStrictEqual(['a', 'b', 'c'])
    end('b')
    await hasBegun(4)
    expect([...underWay.keys()]).toStrictEqual(['a', 'c', 'd'])
    for (const id of ['a', 'c', 'd']) end(id)
    await hasBegun(5)
    end('e')
    await until(() => idsOf(kept).length === 0)
  })

  test('looks again at a job that somebody else has, when that may have died', async () => {
    const { kept } = await keptInFile()
    const { queue, hasBegun, end, timers, begun } = queueOf(kept)
    queue.start()
    await queue.enqueue([replyJob('a')])
    await hasBegun(1)
    end('a', { until: new Date(timers.now() + 20_000).toISOString() })
    await timers.armed()
    timers.pass(20_000)
    expect(begun).toStrictEqual(['a'])
    expect(idsOf(kept)).toStrictEqual(['a'])
    timers.pass(50)
    await hasBegun(2)
    end('a')
    await until(() => idsOf(kept).length === 0)
  })

  test('tries a job again that has failed, later each time, and gives it up after minutes with a line', async () => {
    const { kept } = await keptInFile()
    const { queue, hasBegun, fail, timers, begun, log } = queueOf(kept)
    queue.start()
    await queue.enqueue([replyJob('a')])
    const start = timers.now()
    const tried: number[] = []
    while (idsOf(kept).length > 0) {
      await hasBegun(tried.length + 1)
      tried.push((timers.now() - start) / 1000)
      fail('a')
      await until(() => log.lines.length === tried.length)
      await until(() => idsOf(kept).length === 0 || log.lines.at(-1)?.level === 'warn')
      for (let passed = 0; passed < 61 && begun.length === tried.length; passed += 1) timers.pass(1000)
    }
    expect(tried).toStrictEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243, 303])
    expect(log.lines.map(({ level }) => level)).toStrictEqual([...Array(10).fill('warn'), 'error'])
    timers.pass(10 * minute)
    expect(begun).toHaveLength(tried.length)
  })

  test('one that fails does not hold up the others, and begins to count anew when it has worked', async () => {
    const { kept } = await keptInFile()
    const { queue, hasBegun, end, fail, timers, begun } = queueOf(kept)
    queue.start()
    await queue.enqueue([replyJob('a')])
    await hasBegun(1)
    fail('a')
    await timers.armed()
    await queue.enqueue([replyJob('b')])
    await hasBegun(2)
    end('b')
    timers.pass(1000)
    await hasBegun(3)
    end('a', { until: new Date(timers.now() + 10 * minute).toISOString() })
    await until(() => idsOf(kept).length === 1)
    await timers.armed()
    timers.pass(11 * minute)
    await hasBegun(4)
    fail('a')
    await timers.armed()
    timers.pass(999)
    expect(begun).toHaveLength(4)
    timers.pass(1)
    await hasBegun(5)
    expect(begun).toStrictEqual(['a', 'b', 'a', 'a', 'a'])
  })

  test('does a job again whose end could not be stored', async () => {
    const { kept } = await keptInFile()
    let failures = 1
    const failing: KeptJobs = {
      ...kept,
      remove: async (id) => {
        failures -= 1
        if (failures >= 0) throw new Error('the disk is full')
        await kept.remove(id)
      },
    }
    const { queue, hasBegun, end, timers } = queueOf(failing)
    queue.start()
    await queue.enqueue([replyJob('a')])
    await hasBegun(1)
    end('a')
    await timers.armed()
    timers.pass(1000)
    await hasBegun(2)
    end('a')
    await until(() => idsOf(kept).length === 0)
  })
})

describe('the queue of a server that goes', () => {
  test('leaves what is under way, and the next one begins it anew', async () => {
    const { kept, reopen } = await keptInFile()
    const first = queueOf(kept)
    first.queue.start()
    await first.queue.enqueue(['a', 'b', 'c', 'd'].map(replyJob))
    await first.hasBegun(3)
    first.end('a')
    await first.hasBegun(4)
    await first.queue.stop(4_000)
    expect(first.underWay.size).toBe(0)
    await first.queue.enqueue([replyJob('e')])
    expect(first.begun).toHaveLength(4)
    expect(first.log.lines).toStrictEqual([])

    const second = queueOf(sqliteJobs(await reopen()))
    second.queue.start()
    await second.hasBegun(3)
    for (const id of ['b', 'c', 'd']) second.end(id)
    await second.hasBegun(4)
    expect(second.begun).toStrictEqual(['b', 'c', 'd', 'e'])
  })

  test('waits for who does not heed the signal no longer than it was told', async () => {
    const { kept } = await keptInFile()
    const timers = handTimers()
    const deaf = new Promise<'done'>(() => {})
    let begun = false
    const work: Bot['work'] = () => {
      begun = true
      return deaf
    }
    const queue = jobQueue({ kept, work, timers, log: collectedLog() })
    queue.start()
    await queue.enqueue([replyJob('a')])
    await until(() => begun)
    let stopped = false
    const stopping = queue.stop(4_000).then(() => {
      stopped = true
    })
    await timers.armed()
    timers.pass(3_999)
    await new Promise((resolve) => setImmediate(resolve))
    expect(stopped).toBe(false)
    timers.pass(1)
    await stopping
    expect(idsOf(kept)).toStrictEqual(['a'])
  })

  test('what waits for its time is left, and is due at the next start', async () => {
    const { kept } = await keptInFile()
    const first = queueOf(kept)
    first.queue.start()
    await first.queue.enqueue([replyJob('a')])
    await first.hasBegun(1)
    first.fail('a')
    await first.timers.armed()
    await first.queue.stop(4_000)
    first.timers.pass(10 * minute)
    expect(first.begun).toStrictEqual(['a'])
    const second = queueOf(kept)
    second.queue.start()
    await second.hasBegun(1)
  })
})
