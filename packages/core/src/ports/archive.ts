import type { ArchiveRecord } from '../archive/records.ts'

/** What an archive is to have in it. */
export interface ArchiveOptions {
  /** Whether users come with the hashes of their passwords. */
  readonly passwords: boolean
}

/**
 * All that is kept, as records: to move it from one store to another, or to look at it.
 *
 * What moves are users (guests too), rooms, members with their markers, messages as they stand, and broadcasts. Sessions,
 * tickets and connections do not: they belong to a server, not to a chat.
 *
 * Order: users by id; rooms by id; members by room and user; messages by room and seq; broadcasts by time and id. Ids are
 * compared by UTF-16 units, which is the same as by bytes for all that an id may hold. So two stores that hold the same
 * have the same archive.
 *
 * Memory: the ids of users and rooms, and what changed while it was read, are held; members and messages pass.
 */
export interface Archive {
  /**
   * Everything, also while a server writes. Whatever was answered before the first record was asked for is there; what was
   * done afterwards may be or not, but each room is there with its messages as it stood at one moment, and nobody is
   * spoken of as a member or in a direct room who is not among the users. Rejects with `Unavailable`, and with
   * {@link UnfinishedArchive} where a `write` has not come to its end.
   */
  read(options: ArchiveOptions): AsyncIterable<ArchiveRecord>
  /**
   * Fills an empty store, one that knows nobody: all or nothing. Nobody else uses it meanwhile. The records come in order,
   * each one checked (`archiveRecords` does that); if their iteration rejects, so does this, with the same error, and
   * the store is left empty. If the process dies, the store is empty still, or known to be unfinished: then nobody can use
   * it, and the next `write` begins anew.
   * Rejects with {@link NotEmpty}, {@link RecordRefused}, `Unavailable`.
   */
  write(records: AsyncIterable<ArchiveRecord>): Promise<void>
}

/** A store that is to be filled knows somebody already. */
export class NotEmpty extends Error {
  constructor(where: string) {
    super(`${where} is not empty. An import fills a store that nobody has used.`)
    this.name = 'NotEmpty'
  }
}

/** A store was not filled to the end, or is just being filled. */
export class UnfinishedArchive extends Error {
  constructor(where: string, what = 'An import into it was begun and has not come to its end: repeat it.') {
    super(`${where} cannot be used. ${what}`)
    this.name = 'UnfinishedArchive'
  }
}

/** A record that cannot be stored beside the others, by its place among them, from 0. */
export class RecordRefused extends Error {
  readonly index: number
  constructor(index: number, message: string) {
    super(message)
    this.name = 'RecordRefused'
    this.index = index
  }
}
