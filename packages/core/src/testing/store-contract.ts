import { afterEach, beforeEach, describe } from 'vitest'
import type { Store } from '../ports/store.ts'
import { botTests } from './store/bots.ts'
import { changeTests } from './store/changes.ts'
import { concurrencyTests } from './store/concurrency.ts'
import { derivedTests } from './store/derived.ts'
import { streamLeaseTests } from './store/leases.ts'
import { memberTests } from './store/members.ts'
import { messageTests } from './store/messages.ts'
import { pageTests } from './store/pages.ts'
import { propertyTests } from './store/property.ts'
import { replyChangeTests } from './store/reply-changes.ts'
import { roomTests } from './store/rooms.ts'
import { sessionTests } from './store/sessions.ts'
import { streamTests } from './store/streams.ts'
import { userTests } from './store/users.ts'
import { summaryTests, variantTests } from './store/variants.ts'

/** A store that is empty but for `general`. */
export interface StoreFixture {
  readonly store: Store
  /** Gives the store up as a crash would, and opens what it has stored. The first one is not used any more. */
  readonly reopen?: () => Promise<Store>
  stop(): Promise<void>
}

export interface StoreContractOptions {
  /** How many sequences of acts the property tests try. */
  readonly runs?: number
}

/** Registers the tests that every {@link Store} passes. */
export const storeContract = (
  name: string,
  make: () => Promise<StoreFixture>,
  { runs = 50 }: StoreContractOptions = {},
): void => {
  describe(`${name} keeps the contract of Store`, () => {
    describe('for any one', () => {
      let fixture: StoreFixture
      beforeEach(async () => {
        fixture = await make()
      })
      afterEach(() => fixture.stop())

      const given = () => fixture.store
      describe('users', () => userTests(given))
      describe('sessions and tickets', () => sessionTests(given))
      describe('rooms', () => roomTests(given))
      describe('members', () => memberTests(given))
      describe('messages', () => messageTests(given))
      describe('changes of messages', () => changeTests(given))
      describe('bots', () => botTests(given))
      describe('replies that grow', () => streamTests(given))
      describe('changes of replies', () => replyChangeTests(given))
      describe('leases of replies', () => streamLeaseTests(given))
      describe('variants', () => variantTests(given))
      describe('summaries', () => summaryTests(given))
      describe('pages', () => pageTests(given))
      describe('what is derived', () => derivedTests(given))
      describe('concurrent acts', () => concurrencyTests(given))
    })
    describe('for any sequence of acts', () => propertyTests(make, runs))
  })
}
