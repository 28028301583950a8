import { afterEach, describe } from 'vitest'
import type { Archive } from '../ports/archive.ts'
import type { Store } from '../ports/store.ts'
import { fieldTests } from './archive/fields.ts'
import { meanwhileTests } from './archive/meanwhile.ts'
import { movedInMidLifeTests } from './archive/property.ts'
import { refusalTests } from './archive/refusals.ts'
import { replyTests } from './archive/replies.ts'
import { roundTripTests } from './archive/round-trip.ts'

/** An archive of a store that is empty but for `general`. */
export interface ArchiveFixture {
  readonly archive: Archive
  /** Opens the store, as a server does. */
  open(): Promise<Store>
  /** Ends the server that opened it, if one did. */
  close(): Promise<void>
  stop(): Promise<void>
}

/** Makes one that is stopped when the test is over, if it was not before. */
export type MakeArchive = () => Promise<ArchiveFixture>

/** Registers the tests that every {@link Archive} passes. */
export const archiveContract = (
  name: string,
  make: () => Promise<ArchiveFixture>,
  { runs = 20 }: { readonly runs?: number } = {},
): void => {
  const made = new Set<() => Promise<void>>()
  const making: MakeArchive = async () => {
    const fixture = await make()
    const stop = async () => {
      if (made.delete(stop)) await fixture.stop()
    }
    made.add(stop)
    return { ...fixture, stop }
  }
  describe(`${name} keeps the contract of Archive`, () => {
    afterEach(async () => {
      for (const stop of made) await stop()
    })
    describe('a round trip', () => roundTripTests(making))
    describe('replies', () => replyTests(making))
    describe('what there may be', () => fieldTests(making))
    describe('what is refused', () => refusalTests(making))
    describe('while a server runs', () => meanwhileTests(making))
    describe('for any sequence of acts', () => movedInMidLifeTests(making, runs))
  })
}
