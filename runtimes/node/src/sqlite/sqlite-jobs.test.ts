import type { Job } from '@parley/core'
import type { MessageId, RoomId, UserId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import type { KeptJobs } from '../jobs/kept-jobs.ts'
import { sqliteJobs } from './sqlite-jobs.ts'
import { replyJob, temporaryJobs } from './testing/temporary-jobs.ts'

const keptInFile = temporaryJobs()

const idsOf = (kept: KeptJobs): string[] => kept.all().map(({ id }) => id)

describe('jobs in a file', () => {
  test('are there as they were, each id once, until they are removed', async () => {
    const { kept } = await keptInFile()
    const catchUp: Job = {
      kind: 'catchup',
      id: 'b',
      room: 'general' as RoomId,
      asker: 'ada' as UserId,
      note: 'n' as MessageId,
      since: 0,
    }
    const again: Job = { ...replyJob('a'), run: 7 } as Job
    expect(await kept.add([replyJob('a'), catchUp, replyJob('a')])).toStrictEqual([replyJob('a'), catchUp])
    expect(await kept.add([again])).toStrictEqual([])
    expect(kept.all()).toStrictEqual([replyJob('a'), catchUp])
    await kept.remove('a')
    await kept.remove('a')
    expect(await kept.add([again])).toStrictEqual([again])
    expect(kept.all()).toStrictEqual([again, catchUp])
  })

  test('survive a crash as soon as they are said to be there', async () => {
    const { kept, reopen } = await keptInFile()
    await Promise.all([kept.add([replyJob('a')]), kept.add([replyJob('b'), replyJob('c')])])
    await kept.remove('b')
    expect(idsOf(sqliteJobs(await reopen()))).toStrictEqual(['a', 'c'])
  })
})
