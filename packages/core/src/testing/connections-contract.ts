import { afterEach, beforeEach, describe } from 'vitest'
import type { Connections } from '../ports/connections.ts'
import type { Clock } from '../ports/environment.ts'
import { bagTests } from './connections/bags.ts'
import { leaseTests } from './connections/leases.ts'
import { openTests } from './connections/open.ts'
import { recordTests } from './connections/records.ts'
import { roomTests } from './connections/rooms.ts'
import { type HandClock, handClock } from './hand-clock.ts'

/** Connections with nobody connected and no records, that ask `clock` for the time. */
export interface ConnectionsFixture {
  readonly connections: Connections
  /** Gives them up as a crash would, and opens what is stored. The first ones are not used any more. */
  readonly reopen?: () => Promise<Connections>
  stop(): Promise<void>
}

/** What the tests of connections are given. */
export interface GivenConnections {
  readonly clock: HandClock
  readonly connections: Connections
  /** The same after a crash, where there is something that could outlive it. */
  reopened(): Promise<Connections>
}

/** Registers the tests that all {@link Connections} pass. */
export const connectionsContract = (name: string, make: (clock: Clock) => Promise<ConnectionsFixture>): void => {
  describe(`${name} keep the contract of Connections`, () => {
    let fixture: ConnectionsFixture
    let clock: HandClock
    beforeEach(async () => {
      clock = handClock()
      fixture = await make(clock)
    })
    afterEach(() => fixture.stop())

    const given = (): GivenConnections => ({
      clock,
      connections: fixture.connections,
      reopened: async () => (fixture.reopen ? fixture.reopen() : fixture.connections),
    })
    describe('opening, greeting, closing', () => openTests(given))
    describe('rooms', () => roomTests(given))
    describe('leases', () => leaseTests(given))
    describe('bags', () => bagTests(given))
    describe('records', () => recordTests(given))
  })
}
