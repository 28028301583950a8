import type { Down, RoomId } from '@parley/protocol'
import { createElement, type ReactNode } from 'react'
import { createClient } from '../client.ts'
import { render } from './render.ts'
import { bea, me, myRoom, welcome } from './samples.ts'
import { stubSockets } from './stub-sockets.ts'
import { virtualClock } from './virtual-clock.ts'

export const den = 'den' as RoomId

/** What a hook answered in each render of a component that uses it and nothing else. */
export interface Probe<T> {
  readonly element: ReactNode
  readonly renders: readonly T[]
  readonly last: T
}

export const probe = <T>(useHook: () => T): Probe<T> => {
  const renders: T[] = []
  const Component = (): null => {
    renders.push(useHook())
    return null
  }
  return {
    element: createElement(Component, { key: Math.random() }),
    renders,
    get last() {
      return renders.at(-1) as T
    },
  }
}

/** A client that is greeted with two rooms, all read, and what it renders. */
export const setUp = async (...probes: readonly Probe<unknown>[]) => {
  const clock = virtualClock(0, () => {})
  const { transport, sockets } = stubSockets()
  const ticket = { ticket: 't', expiresAt: new Date(30_000).toISOString() }
  const client = createClient({
    server: 'http://chat.test',
    session: { token: 't', expiresAt: new Date(3_600_000).toISOString(), user: me },
    edges: {
      transport,
      clock,
      random: () => 0.5,
      fetch: async () => new Response(JSON.stringify(ticket), { status: 201 }),
    },
  })
  const rendered = await render(
    client,
    probes.map(({ element }) => element),
  )
  const socket = () => {
    const latest = sockets.at(-1)
    if (!latest) throw new Error('no socket was opened')
    return latest
  }
  const rooms = [myRoom(), myRoom({ id: den, name: 'den' })]
  const greet = () =>
    rendered.during(async () => {
      client.start()
      await clock.pass(100)
      socket().open()
      socket().answer('hello', welcome({ rooms, users: [bea] }))
    })
  const tell = (frame: Down) => rendered.during(() => socket().tell(frame))
  return { client, clock, ...rendered, socket, greet, tell }
}

/** Which of these rendered while something happened. */
export const renderedBy = async <K extends string>(
  probes: Record<K, Probe<unknown>>,
  happen: () => Promise<unknown>,
): Promise<K[]> => {
  const names = Object.keys(probes) as K[]
  const before = new Map(names.map((name) => [name, probes[name].renders.length]))
  await happen()
  return names.filter((name) => probes[name].renders.length > (before.get(name) ?? 0))
}
