import type { RoomKind, RoomRole, ServerRole } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { inRoom, mayChangeAccount, onServer, onServerOrSystem, type RoomAct, type ServerAct } from './access.ts'
import type { Actor } from './actor.ts'
import { isRefusal } from './refusal.ts'
import { account, facts, membership, roomId } from './testing/samples.ts'
import { type TestChat, testChat } from './testing/test-chat.ts'

/** Who asks, in the order of the columns below. */
const roles = ['guest', 'member', 'admin', 'owner', 'banned', 'nobody', 'system'] as const
type Role = (typeof roles)[number]

const letters = { forbidden: 'f', not_found: 'n', unauthorized: 'u' } as const
/** `y` for yes, else the first letter of the code. */
const letterOf = (answer: unknown): string => {
  if (!isRefusal(answer)) return 'y'
  return letters[answer.refused as keyof typeof letters] ?? answer.refused
}

const actorOf = async (chat: TestChat, role: Role): Promise<Actor> => {
  if (role === 'nobody') return { kind: 'nobody', address: 'here', mayBeGuest: false }
  if (role === 'system') return { kind: 'system' }
  const server: ServerRole = role === 'banned' ? 'member' : role
  const kind = role === 'guest' ? 'guest' : 'person'
  const { actor } = await chat.person('Asker', { role: server, kind, banned: role === 'banned' })
  return actor
}

/** The table "Who may what", act by act. A guest that somebody named admin of a room stays a guest. */
const roomTable = `
act     kind     stands      guest member admin owner banned nobody system
read    public   outsider    y     y      y     y     f      u      u
read    public   member      y     y      y     y     f      u      u
read    public   admin       y     y      y     y     f      u      u
read    private  outsider    n     n      n     n     n      u      u
read    private  member      y     y      y     y     f      u      u
read    private  admin       y     y      y     y     f      u      u
read    direct   outsider    n     n      n     n     n      u      u
read    direct   member      y     y      y     y     f      u      u
read    direct   admin       y     y      y     y     f      u      u
write   public   outsider    f     f      f     f     f      u      u
write   public   member      y     y      y     y     f      u      u
write   public   admin       y     y      y     y     f      u      u
write   private  outsider    n     n      n     n     n      u      u
write   private  member      y     y      y     y     f      u      u
write   private  admin       y     y      y     y     f      u      u
write   direct   outsider    n     n      n     n     n      u      u
write   direct   member      y     y      y     y     f      u      u
write   direct   admin       y     y      y     y     f      u      u
join    public   outsider    y     y      y     y     f      u      u
join    public   member      y     y      y     y     f      u      u
join    public   admin       y     y      y     y     f      u      u
join    private  outsider    n     n      n     n     n      u      u
join    private  member      y     y      y     y     f      u      u
join    private  admin       y     y      y     y     f      u      u
join    direct   outsider    n     n      n     n     n      u      u
join    direct   member      y     y      y     y     f      u      u
join    direct   admin       y     y      y     y     f      u      u
invite  public   outsider    f     f      y     y     f      u      u
invite  public   member      f     y      y     y     f      u      u
invite  public   admin       f     y      y     y     f      u      u
invite  private  outsider    n     n      n     n     n      u      u
invite  private  member      f     y      y     y     f      u      u
invite  private  admin       f     y      y     y     f      u      u
invite  direct   outsider    n     n      n     n     n      u      u
invite  direct   member      f     y      y     y     f      u      u
invite  direct   admin       f     y      y     y     f      u      u
manage  public   outsider    f     f      y     y     f      u      u
manage  public   member      f     f      y     y     f      u      u
manage  public   admin       f     y      y     y     f      u      u
manage  private  outsider    n     n      n     n     n      u      u
manage  private  member      f     f      y     y     f      u      u
manage  private  admin       f     y      y     y     f      u      u
manage  direct   outsider    n     n      n     n     n      u      u
manage  direct   member      f     f      y     y     f      u      u
manage  direct   admin       f     y      y     y     f      u      u
`

const serverTable = `
act           guest member admin owner banned nobody system
take-part     y     y      y     y     f      u      u
create-rooms  f     y      y     y     f      u      u
administer    f     f      y     y     f      u      u
appoint       f     f      f     y     f      u      u
`

const rowsOf = (table: string): readonly (readonly string[])[] =>
  table
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(/ +/))

describe('[V1][V2][V3] who may do what in a room', () => {
  test.each(rowsOf(roomTable))('%s in a %s room as %s', async (act, kind, stands, ...expected) => {
    const found: string[] = []
    for (const role of roles) {
      const chat = testChat()
      const actor = await actorOf(chat, role)
      const members =
        stands === 'outsider' || actor.kind !== 'user'
          ? []
          : [membership('den', 0, { user: actor.user, role: stands as RoomRole })]
      await chat.ports.store.createRoom(facts('den', { kind: kind as RoomKind }), members)
      found.push(letterOf(await inRoom(chat.ports, actor, roomId('den'), act as RoomAct)))
    }
    expect(found).toStrictEqual(expected)
  })

  test('the table has every act, kind and standing', () => {
    expect(rowsOf(roomTable)).toHaveLength(5 * 3 * 3)
    expect(new Set(rowsOf(roomTable).map((row) => row.slice(0, 3).join())).size).toBe(45)
  })

  test('[V2] a room that is not there is not found, in the words of one that is not for the asker', async () => {
    const chat = testChat()
    const { actor } = await chat.person('Asker')
    await chat.ports.store.createRoom(facts('den', { kind: 'private' }), [])
    const hidden = await inRoom(chat.ports, actor, roomId('den'), 'read')
    expect(hidden).toMatchObject({ refused: 'not_found' })
    expect(await inRoom(chat.ports, actor, roomId('nowhere'), 'read')).toStrictEqual(hidden)
  })
})

describe('[V1] who may do what on the server', () => {
  test.each(rowsOf(serverTable))('%s', async (name, ...expected) => {
    const act = name?.replace('-', ' ') as ServerAct
    const asked = await Promise.all(
      roles.map(async (role) => {
        const chat = testChat()
        return { chat, actor: await actorOf(chat, role) }
      }),
    )
    const found = await Promise.all(asked.map(({ chat, actor }) => onServer(chat.ports, actor, act)))
    expect(found.map(letterOf)).toStrictEqual(expected)
    const orSystem = await Promise.all(asked.map(({ chat, actor }) => onServerOrSystem(chat.ports, actor, act)))
    expect(orSystem.map(letterOf)).toStrictEqual([...expected.slice(0, -1), 'y'])
  })

  test('an actor whose account is gone must sign in', async () => {
    const chat = testChat()
    const { actor } = await chat.person('Asker')
    const other = testChat()
    expect(await onServer(other.ports, actor, 'take part')).toMatchObject({ refused: 'unauthorized' })
    expect(await inRoom(other.ports, actor, roomId('general'), 'read')).toMatchObject({ refused: 'not_found' })
  })
})

/** Whose account may be changed by whom; `appoints`: to a role of admin or owner. */
const accountTable = `
by      appoints  guest member admin owner
member  no        f     f      f     f
member  yes       f     f      f     f
admin   no        y     y      f     f
admin   yes       f     f      f     f
owner   no        y     y      y     y
owner   yes       y     y      y     y
system  no        y     y      y     y
system  yes       y     y      y     y
`

describe('[V1] who may change whose account', () => {
  test.each(rowsOf(accountTable))('by %s, appointing: %s', (by, appoints, ...expected) => {
    const changer = by === 'system' ? by : account(1, { role: by as ServerRole })
    const targets = (['guest', 'member', 'admin', 'owner'] as const).map((role) => account(2, { role }))
    expect(targets.map((target) => letterOf(mayChangeAccount(changer, target, appoints === 'yes')))).toStrictEqual(
      expected,
    )
  })
})
