import { onServer } from '../access.ts'
import type { Answers } from '../answer.ts'
import { pageAfter, pageOf } from '../list-page.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal } from '../refusal.ts'
import { roomShape } from '../shapes.ts'
import { myRoom } from '../welcome.ts'

type Listed = Answers['list-rooms']['rooms'][number]

/** One's own rooms and all public ones, by id. */
export const listRooms: Execute<'list-rooms'> = async (ports, actor, { after }) => {
  const account = await onServer(ports, actor, 'take part')
  if (isRefusal(account)) return account
  const [memberships, open] = await Promise.all([
    ports.store.memberships(account.id),
    ports.store.publicRooms(pageAfter(after)),
  ])
  const mine = new Set(memberships.map(({ room }) => room))
  const ids = [...new Set([...mine, ...open.map(({ id }) => id)])]
    .filter((id) => after === undefined || id > after)
    .sort()
  const { page, more } = pageOf(ids)
  const overviews = await ports.store.overviews(
    account.id,
    page.filter((id) => mine.has(id)),
  )
  const own = new Map(overviews.map((overview) => [overview.facts.id, overview]))
  const others = new Map(open.map((facts) => [facts.id, facts]))
  const revs = await ports.store.revs(page.filter((id) => !own.has(id)))
  const rooms = page.flatMap((id): Listed[] => {
    const overview = own.get(id)
    if (overview) return [{ ...myRoom(overview), member: true }]
    const facts = others.get(id)
    return facts ? [{ ...roomShape(facts, revs.get(id) ?? 0), member: false }] : []
  })
  return { answer: { rooms, more } }
}
