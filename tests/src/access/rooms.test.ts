import { actions, type Down, type EndpointName } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import type { ApiQuestion } from '../harness/api.ts'
import type { UpFrame } from '../harness/raw-client.ts'
import { type Client, newId, settled } from '../harness/world.ts'
import { type Deed, deeds, type Facet, type Kind, type Scene } from './deeds.ts'
import { accessWorld, sceneMaker } from './people.ts'
import { expected, type Standpoint, type StandpointName, standpoints } from './standpoints.ts'
import { rights, table } from './who-may.ts'

const all = await accessWorld()
const { api, actors } = all
const { keeper, scene } = await sceneMaker(all)

/** How a frame was answered: `done`, or the code of the refusal. */
const byFrame = async (client: Client, frame: UpFrame): Promise<string> => {
  const ref = newId()
  const answer = client.answer(ref, frame.action)
  client.tell({ ...frame, ref })
  const got = await answer
  return got.type === 'error' ? got.code : 'done'
}

const byHttp = async ([name, question]: readonly [EndpointName, ApiQuestion], token: string): Promise<string> => {
  const answer = await api.raw(name, { ...question, token })
  return answer.status < 400 ? 'done' : JSON.parse(answer.text).error.code
}

interface Way {
  readonly way: string
  go(): Promise<string>
}

/** Each way of trying a deed. */
const ways = ({ frame, http }: Deed, client: Client, place: Scene): readonly Way[] => [
  ...(frame ? [{ way: 'a frame', go: () => byFrame(client, frame(place)) }] : []),
  ...(http ? [{ way: 'HTTP', go: () => byHttp(http(place), client.person.token) }] : []),
]

/** The room as its maker sees it. */
const seen = async ({ place: room }: Scene): Promise<Record<Facet, string>> => {
  const [page, { members }, { room: facts }] = await Promise.all([
    keeper.ask('page', { action: 'history', room, limit: 500 }),
    keeper.ask('members', { action: 'members', room }),
    api.call('GET /api/rooms/{room}', { token: keeper.person.token, at: room }),
  ])
  const { kind, name, topic, bot } = facts
  return {
    messages: JSON.stringify([page.rev, page.messages]),
    people: JSON.stringify(members.map(({ id, role }) => [id, role])),
    facts: JSON.stringify([kind, name, topic, bot]),
  }
}

const changed = (before: Record<Facet, string>, after: Record<Facet, string>): string[] =>
  (Object.keys(before) as Facet[]).filter((facet) => before[facet] !== after[facet])

const kinds: readonly Kind[] = ['public', 'private', 'direct']
const walks = kinds.flatMap((kind) =>
  (Object.entries(standpoints) as [StandpointName, Standpoint][])
    .filter(([, { named }]) => kind !== 'direct' || !named)
    .map(([name, who]) => ({ kind, name, who })),
)

describe('the table of the page', () => {
  test('[V1] is the one that the walk knows', () => {
    expect(table.columns).toEqual(['guest', 'member', 'admin of the room', 'admin, owner of the server'])
    expect(table.rows).toHaveLength(rights.length)
    for (const [at, right] of rights.entries())
      expect(table.rows[at]?.[0]).toMatch(new RegExp(`^${RegExp.escape(right)}`))
  })

  test('[V1] the walk tries every action that is about a room', () => {
    const place = { place: 'x', theirs: '', own: '', replyToThem: '', replyToOwn: '', insider: '', outsider: '' }
    const tried = new Set(Object.values(deeds).map(({ frame }) => frame?.(place).action))
    const elsewhere = ['hello', 'create', 'join', 'leave', 'direct', 'rename', 'broadcast', 'ping']
    expect([...Object.keys(actions)].filter((action) => !tried.has(action)).sort()).toEqual(elsewhere.sort())
  })
})

describe.each(walks)('in a $kind room, $name', ({ kind, who }) => {
  test('[V1][V2][V3][V4] may do what the table says, and nothing else is done or told', async () => {
    const client = actors[who.role]
    const place = await scene(kind, who)
    const tried = Object.entries(deeds).map(([name, deed]) => ({ name, deed, may: expected(deed, who, kind) }))

    const before = await seen(place)
    for (const { name, deed, may } of tried.filter((one) => one.may !== 'done')) {
      for (const { way, go } of ways(deed, client, place))
        expect(`${name} by ${way}: ${await go()}`).toBe(`${name} by ${way}: ${may}`)
    }
    await settled(client, keeper)
    // Replies in rooms of tests before this one may end now: nobody makes them any more.
    const isElsewhere = (frame: Down): boolean =>
      'room' in frame && typeof frame.room === 'string' && frame.room !== place.place
    expect(keeper.all().filter((frame) => !isElsewhere(frame))).toEqual([])
    expect(changed(before, await seen(place))).toEqual([])

    for (const { name, deed } of tried.filter((one) => one.may === 'done')) {
      for (const { way, go } of ways(deed, client, place)) {
        const was = await seen(place)
        keeper.clear()
        const answer = deed.answer ?? 'done'
        expect(`${name} by ${way}: ${await go()}`).toBe(`${name} by ${way}: ${answer}`)
        if (deed.tells) await keeper.heard(deed.tells)
        expect([name, ...changed(was, await seen(place))]).toEqual([name, ...(deed.changes ? [deed.changes] : [])])
      }
    }

    const hidden = kind !== 'public' && !who.inside
    const leave = kind === 'direct' ? 'forbidden' : 'done'
    expect(await byFrame(client, { action: 'leave', room: place.place })).toBe(hidden ? 'not_found' : leave)
    const join = kind === 'public' || (kind === 'direct' && who.inside) ? 'done' : 'not_found'
    expect(await byFrame(client, { action: 'join', room: place.place })).toBe(join)
  })
})
