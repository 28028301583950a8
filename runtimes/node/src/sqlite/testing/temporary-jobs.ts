import type { Job } from '@parley/core'
import type { MessageId, RoomId, UserId } from '@parley/protocol'
import { afterEach } from 'vitest'
import type { KeptJobs } from '../../jobs/kept-jobs.ts'
import { sqliteJobs } from '../sqlite-jobs.ts'
import { type TemporaryDatabase, temporaryDatabase } from './temporary-database.ts'

/** A job for a test: a reply to be made. */
export const replyJob = (id: string): Job => ({
  kind: 'reply',
  id,
  room: 'general' as RoomId,
  prompt: `prompt of ${id}` as MessageId,
  bot: 'bot' as UserId,
  asker: 'ada' as UserId,
})

/** Makes places for jobs in databases that end with each test of the file. */
export const temporaryJobs = (): (() => Promise<TemporaryDatabase & { readonly kept: KeptJobs }>) => {
  const databases: TemporaryDatabase[] = []
  afterEach(async () => {
    for (const database of databases.splice(0)) await database.stop()
  })
  return async () => {
    const temporary = await temporaryDatabase()
    databases.push(temporary)
    return { ...temporary, kept: sqliteJobs(temporary.database()) }
  }
}
