import type { RoomId, UserId } from '@parley/protocol'
import { limits } from '@parley/protocol/limits'
import { backOffMs } from './back-off.ts'
import type { Edges } from './edges.ts'
import { asParleyError } from './errors.ts'
import { type Need, needsOf } from './needs.ts'
import type { Requests } from './requests.ts'
import type { RoomList } from './room-list.ts'
import type { Store } from './store.ts'

/** Looks after the state: asks for whatever it lacks, a little at a time. */
export interface Healer {
  /** Something changed: looks soon whether anything is lacking. */
  look(): void
  /** Looks at once: a link is there. */
  lookNow(): void
  /** Keeps the members of a room up to date until what is returned is called. */
  watchMembers(room: string): () => void
}

interface Options extends Pick<Edges, 'clock' | 'random'> {
  readonly store: Store
  readonly requests: Requests
  readonly isOnline: () => boolean
  readonly roomList: RoomList
}

/** Frames that overtake each other leave gaps that close by themselves within this. */
const graceMs = 150
/** Asked at the same time at most, so that what people do is not held up. */
const atOnce = 3
const pageLimit = 50
/** Of rooms with more members than these pages hold, the others are not known. */
const memberPages = 10

export const createHealer = (options: Options): Healer => {
  const { clock, random, store, requests, isOnline, roomList } = options
  const watchers = new Map<string, number>()
  const fetched = new Map<string, number>()
  const underWay = new Set<string>()
  /** Rooms that are left alone for a while, with how often asking about them has failed. */
  const failures = new Map<string, number>()
  const resting = new Set<string>()
  let callOff: (() => void) | undefined

  const members = async (room: string, asOf: number): Promise<void> => {
    const { news } = store.get()
    let after: UserId | undefined
    for (let pages = 0; pages < memberPages; pages += 1) {
      const place = after === undefined ? {} : { after }
      const page = await requests.ask<'members'>({ action: 'members', room: room as RoomId, ...place })
      after = page.members.at(-1)?.id
      if (!page.more || after === undefined) break
    }
    if (store.get().news === news) fetched.set(room, asOf)
  }
  const ask = async (need: Need): Promise<unknown> => {
    const room = need.room as RoomId
    switch (need.kind) {
      case 'sync':
        return requests.ask<'sync'>({ action: 'sync', room, since: need.since, limit: limits.pageMax })
      case 'text':
        return requests.ask<'sync'>({ action: 'sync', room, since: need.since, limit: 1 })
      case 'page':
        return requests.ask<'history'>({ action: 'history', room, before: need.before, limit: pageLimit })
      case 'look-up':
        return roomList.lookUp(room, need.stamp)
      case 'rooms':
        return roomList.fetchAll()
      case 'members':
        return members(room, need.asOf)
    }
  }
  const needs = (): readonly Need[] => needsOf(store.get(), { watched: new Set(watchers.keys()), fetched })

  /** Leaves a room alone for a while. */
  const rest = (room: string, leastMs: number): void => {
    const failed = failures.get(room) ?? 0
    failures.set(room, failed + 1)
    resting.add(room)
    clock.after(leastMs + backOffMs(failed, random), () => {
      resting.delete(room)
      lookNow()
    })
  }
  const meet = async (need: Need): Promise<void> => {
    const { room } = need
    underWay.add(room)
    try {
      await ask(need)
      const same = JSON.stringify(need)
      if (needs().some((next) => JSON.stringify(next) === same)) rest(room, 0)
      else failures.delete(room)
    } catch (thrown) {
      rest(room, (asParleyError(thrown).retry ?? 0) * 1000)
    }
    underWay.delete(room)
    lookNow()
  }
  const lookNow = (): void => {
    callOff?.()
    callOff = undefined
    if (!isOnline()) return
    for (const need of needs()) {
      if (underWay.size >= atOnce) return
      if (!underWay.has(need.room) && !resting.has(need.room)) meet(need)
    }
  }
  const look = (): void => {
    callOff ??= clock.after(graceMs, lookNow)
  }
  return {
    look,
    lookNow,
    watchMembers(room) {
      watchers.set(room, (watchers.get(room) ?? 0) + 1)
      look()
      return () => {
        const left = (watchers.get(room) ?? 1) - 1
        if (left > 0) watchers.set(room, left)
        else watchers.delete(room)
      }
    },
  }
}
