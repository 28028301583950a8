import type { Down } from '@parley/protocol'
import { backOffMs } from './back-off.ts'
import type { Edges } from './edges.ts'
import { asParleyError, isFatal, type ParleyError } from './errors.ts'
import { type Heartbeat, startHeartbeat } from './heartbeat.ts'
import { type Heard, type Link, type LinkEvents, openLink } from './link.ts'
import type { ConnectionState } from './state/state.ts'

/** Keeps one link to the server open, opens the next before the last is too old, and comes back when it is lost. */
export interface Connection {
  start(): void
  /** Ends it for now, or for a reason that lasts until the next start. */
  stop(why?: ParleyError): void
  /** The link that is greeted, if there is one. */
  link(): Link | undefined
  /** Looks at once whether the connection works, or tries at once to have one. */
  wake(): void
  /** Opens a new link, and ends the present one when that is greeted. */
  renew(): void
}

interface Options extends Pick<Edges, 'transport' | 'clock' | 'random'> {
  /** The address of a new socket, with its ticket. @throws ParleyError */
  readonly address: () => Promise<string>
  /** After so long a link is replaced, at the latest. */
  readonly lifeMs: number
  readonly pinged: () => readonly string[]
  readonly changed: (state: ConnectionState) => void
  /** `isCurrent`: from the link that is greeted last; facts from others may be old. */
  readonly heard: (frames: readonly Heard[], isCurrent: boolean) => void
  /** A new link is there, and its `welcome` was heard. */
  readonly online: (link: Link) => void
}

/** A link that lasted so long was no accident: the next attempt is a first one again. */
const stableMs = 10_000
/** For what was asked on a link that has been replaced. */
const drainMs = 10_000

export const createConnection = (options: Options): Connection => {
  const { transport, clock, random, address, lifeMs, pinged, changed, heard, online } = options
  let current: Link | undefined
  let heartbeat: Heartbeat | undefined
  /** The attempt under way; what belongs to another one is over. */
  let opening: { link?: Link } | undefined
  /** Links that were replaced and still wait for answers. */
  const draining = new Set<Link>()
  let attempt = 0
  let isStarted = false
  /** A wait that the server asked for. */
  let isImposed = false
  let callOffNext: (() => void) | undefined
  let callOffRenewal = () => {}
  let callOffStable = () => {}

  const cancel = (): void => {
    callOffNext?.()
    callOffNext = undefined
  }
  const begin = async (): Promise<void> => {
    cancel()
    if (opening) return
    const mine: { link?: Link } = {}
    opening = mine
    if (!current) changed({ status: 'connecting', attempt })
    attempt += 1
    try {
      const url = await address()
      if (opening === mine) mine.link = openLink({ transport, clock, url, events })
    } catch (error) {
      if (opening === mine) comeBack(asParleyError(error))
    }
  }
  /** Tries again after a while, with or without a link that still lives. */
  const comeBack = (why: ParleyError): void => {
    if (isFatal(why)) {
      stop(why)
      return
    }
    opening = undefined
    cancel()
    const waitMs = (why.retry ?? 0) * 1000 + backOffMs(attempt, random)
    isImposed = (why.retry ?? 0) > 1
    if (!current) changed({ status: 'waiting', attempt, retryAt: clock.now() + waitMs, reason: why })
    callOffNext = clock.after(waitMs, begin)
  }
  const drain = (old: Link): void => {
    draining.add(old)
    const look = (leftMs: number): void => {
      if (old.isIdle() || leftMs <= 0) old.close()
      else clock.after(100, () => look(leftMs - 100))
    }
    look(drainMs)
  }
  const leave = (): void => {
    heartbeat?.stop()
    callOffRenewal()
    callOffStable()
  }
  const adopt = (link: Link, { heartbeat: seconds }: Down<'welcome'>): void => {
    const old = current
    leave()
    cancel()
    opening = undefined
    current = link
    heartbeat = startHeartbeat({ link, clock, random, everyMs: seconds * 1000, rooms: pinged })
    callOffRenewal = clock.after(lifeMs * (0.75 + 0.15 * random()), begin)
    callOffStable = clock.after(stableMs, () => {
      attempt = 0
    })
    if (old) drain(old)
  }
  const events: LinkEvents = {
    greeted: (link, frame) => {
      if (opening?.link === link) adopt(link, frame)
      else link.close()
    },
    heard(link, frames) {
      const isCurrent = link === current
      heard(frames, isCurrent)
      if (!isCurrent) return
      if (frames.some(({ frame }) => frame.type === 'welcome')) {
        changed({ status: 'online' })
        online(link)
      }
      const bye = frames.find(({ frame }) => frame.type === 'bye')?.frame as Down<'bye'> | undefined
      if (bye?.retry === 0 && attempt === 0) begin()
    },
    ended(link, why) {
      draining.delete(link)
      if (link === opening?.link) comeBack(why)
      if (link !== current) return
      leave()
      current = undefined
      if (opening && !isFatal(why)) changed({ status: 'connecting', attempt })
      else comeBack(why)
    },
  }
  const stop = (why?: ParleyError): void => {
    if (!isStarted) return
    isStarted = false
    cancel()
    leave()
    const links = [opening?.link, current, ...draining]
    opening = undefined
    current = undefined
    for (const link of links) link?.close(why)
    changed(why ? { status: 'ended', reason: why } : { status: 'idle' })
  }
  return {
    start() {
      if (isStarted) return
      isStarted = true
      attempt = 0
      begin()
    },
    stop,
    link: () => current,
    wake() {
      if (current) heartbeat?.beat()
      else if (isStarted && callOffNext && !isImposed) begin()
    },
    renew() {
      if (current) begin()
    },
  }
}
