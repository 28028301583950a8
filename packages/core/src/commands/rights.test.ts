import type { RoomKind, RoomRole, ServerRole } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import type { Actor } from '../actor.ts'
import type { Command } from '../command.ts'
import { isRefusal } from '../refusal.ts'
import { draft, facts, membership, messageId, roomId, userId } from '../testing/samples.ts'
import { type TestChat, testChat } from '../testing/test-chat.ts'

const roles = ['guest', 'member', 'admin', 'owner', 'banned', 'nobody', 'system'] as const
const den = roomId('den')
const own = messageId(1)
const others = messageId(2)
const founder = userId(101)
const newcomer = userId(102)
const text = 'hello'

/** What is tried, by its name in the table. The room has a message of its founder and one of who asks. */
const tries: Readonly<Record<string, Command>> = {
  send: { action: 'send', room: den, id: messageId(3), text },
  'edit-own': { action: 'edit', room: den, id: own, text },
  'edit-other': { action: 'edit', room: den, id: others, text },
  'delete-own': { action: 'delete', room: den, id: own },
  'delete-other': { action: 'delete', room: den, id: others },
  react: { action: 'react', room: den, id: others, emoji: '👍', on: true },
  sync: { action: 'sync', room: den, since: 0 },
  history: { action: 'history', room: den },
  'list-messages': { action: 'list-messages', room: den },
  members: { action: 'members', room: den },
  join: { action: 'join', room: den },
  leave: { action: 'leave', room: den },
  invite: { action: 'invite', room: den, user: newcomer },
  'invite-as': { action: 'invite', room: den, user: newcomer, role: 'admin' },
  remove: { action: 'remove', room: den, user: founder },
  'set-name': { action: 'set', room: den, name: 'Den' },
  'set-topic': { action: 'set', room: den, topic: 'dens' },
  read: { action: 'read', room: den, seq: 1 },
  typing: { action: 'typing', room: den },
}

/** Written from the table "Who may what" and the rules about direct rooms. y: yes, f: forbidden, n: not found, u: unauthorized. */
const table = `
try            kind     stands    guest member admin owner banned nobody system
send           public   outsider  f     f      f     f     f      u      u
send           public   member    y     y      y     y     f      u      u
send           private  outsider  n     n      n     n     n      u      u
send           private  member    y     y      y     y     f      u      u
send           direct   outsider  n     n      n     n     n      u      u
send           direct   member    y     y      y     y     f      u      u
edit-own       public   outsider  f     f      f     f     f      u      u
edit-own       public   member    y     y      y     y     f      u      u
edit-own       private  outsider  n     n      n     n     n      u      u
edit-own       private  member    y     y      y     y     f      u      u
edit-own       direct   member    y     y      y     y     f      u      u
edit-other     public   member    f     f      f     f     f      u      u
edit-other     public   admin     f     f      f     f     f      u      u
edit-other     private  member    f     f      f     f     f      u      u
edit-other     private  admin     f     f      f     f     f      u      u
edit-other     direct   member    f     f      f     f     f      u      u
delete-own     public   outsider  f     f      y     y     f      u      u
delete-own     public   member    y     y      y     y     f      u      u
delete-own     private  outsider  n     n      n     n     n      u      u
delete-own     private  member    y     y      y     y     f      u      u
delete-own     direct   member    y     y      y     y     f      u      u
delete-other   public   outsider  f     f      y     y     f      u      u
delete-other   public   member    f     f      y     y     f      u      u
delete-other   public   admin     f     y      y     y     f      u      u
delete-other   private  outsider  n     n      n     n     n      u      u
delete-other   private  member    f     f      y     y     f      u      u
delete-other   private  admin     f     y      y     y     f      u      u
delete-other   direct   outsider  n     n      n     n     n      u      u
delete-other   direct   member    f     f      y     y     f      u      u
react          public   outsider  f     f      f     f     f      u      u
react          public   member    y     y      y     y     f      u      u
react          private  outsider  n     n      n     n     n      u      u
react          private  member    y     y      y     y     f      u      u
react          direct   member    y     y      y     y     f      u      u
sync           public   outsider  y     y      y     y     f      u      u
sync           private  outsider  n     n      n     n     n      u      u
sync           private  member    y     y      y     y     f      u      u
sync           direct   outsider  n     n      n     n     n      u      u
sync           direct   member    y     y      y     y     f      u      u
history        public   outsider  y     y      y     y     f      u      u
history        private  outsider  n     n      n     n     n      u      u
history        private  member    y     y      y     y     f      u      u
list-messages  public   outsider  y     y      y     y     f      u      u
list-messages  private  outsider  n     n      n     n     n      u      u
list-messages  private  member    y     y      y     y     f      u      u
members        public   outsider  y     y      y     y     f      u      u
members        private  outsider  n     n      n     n     n      u      u
members        private  member    y     y      y     y     f      u      u
join           public   outsider  y     y      y     y     f      u      u
join           public   member    y     y      y     y     f      u      u
join           private  outsider  n     n      n     n     n      u      u
join           private  member    y     y      y     y     f      u      u
join           direct   outsider  n     n      n     n     n      u      u
leave          public   outsider  y     y      y     y     f      u      u
leave          public   member    y     y      y     y     f      u      u
leave          private  outsider  n     n      n     n     n      u      u
leave          private  member    y     y      y     y     f      u      u
leave          direct   outsider  n     n      n     n     n      u      u
leave          direct   member    f     f      f     f     f      u      u
invite         public   outsider  f     f      y     y     f      u      u
invite         public   member    f     y      y     y     f      u      u
invite         private  outsider  n     n      n     n     n      u      u
invite         private  member    f     y      y     y     f      u      u
invite         direct   outsider  n     n      n     n     n      u      u
invite         direct   member    f     f      f     f     f      u      u
invite-as      public   outsider  f     f      y     y     f      u      u
invite-as      public   member    f     f      y     y     f      u      u
invite-as      public   admin     f     y      y     y     f      u      u
invite-as      private  outsider  n     n      n     n     n      u      u
invite-as      private  member    f     f      y     y     f      u      u
invite-as      private  admin     f     y      y     y     f      u      u
remove         public   outsider  f     f      y     y     f      u      u
remove         public   member    f     f      y     y     f      u      u
remove         public   admin     f     y      y     y     f      u      u
remove         private  outsider  n     n      n     n     n      u      u
remove         private  member    f     f      y     y     f      u      u
remove         private  admin     f     y      y     y     f      u      u
remove         direct   outsider  n     n      n     n     n      u      u
remove         direct   member    f     f      f     f     f      u      u
set-name       public   outsider  f     f      y     y     f      u      u
set-name       public   member    f     f      y     y     f      u      u
set-name       public   admin     f     y      y     y     f      u      u
set-name       private  outsider  n     n      n     n     n      u      u
set-name       private  member    f     f      y     y     f      u      u
set-name       private  admin     f     y      y     y     f      u      u
set-name       direct   outsider  n     n      n     n     n      u      u
set-name       direct   member    f     f      f     f     f      u      u
set-topic      private  admin     f     y      y     y     f      u      u
set-topic      direct   member    f     f      y     y     f      u      u
read           public   outsider  f     f      f     f     f      u      u
read           public   member    y     y      y     y     f      u      u
read           private  outsider  n     n      n     n     n      u      u
read           private  member    y     y      y     y     f      u      u
typing         public   outsider  f     f      f     f     f      u      u
typing         public   member    y     y      y     y     f      u      u
typing         private  outsider  n     n      n     n     n      u      u
typing         private  member    y     y      y     y     f      u      u
`
const rows = table
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(/ +/))

const letters = { forbidden: 'f', not_found: 'n', unauthorized: 'u' } as const

const actorOf = async (chat: TestChat, role: (typeof roles)[number]): Promise<Actor> => {
  if (role === 'nobody') return { kind: 'nobody', address: 'here', mayBeGuest: true }
  if (role === 'system') return { kind: 'system' }
  const server: ServerRole = role === 'banned' ? 'member' : role
  const kind = role === 'guest' ? 'guest' : 'person'
  return (await chat.person('Asker', { role: server, kind, banned: role === 'banned' })).actor
}

/** A room with its founder, and who asks standing in it as said; both have written. */
const roomWith = async (chat: TestChat, kind: RoomKind, stands: string, actor: Actor): Promise<void> => {
  const { store } = chat.ports
  await chat.person('Founder', { id: founder })
  await chat.person('Newcomer', { id: newcomer })
  const asker = actor.kind === 'user' ? actor.user : userId(103)
  const joined = stands === 'outsider' ? [] : [membership('den', 0, { user: asker, role: stands as RoomRole })]
  await store.createRoom(facts('den', { kind }), [membership('den', 101, { role: 'admin' }), ...joined])
  await store.appendMessage(draft(1, 0, { room: den, from: { id: asker, name: 'Asker', kind: 'person' } }))
  await store.appendMessage(draft(2, 101, { room: den }))
}

describe('[V1][V2][V3][V4] every command, for everybody, in every kind of room', () => {
  test.each(rows)('%s, %s room, as %s', async (name, kind, stands, ...expected) => {
    const found: string[] = []
    for (const role of roles) {
      const chat = testChat()
      const actor = await actorOf(chat, role)
      await roomWith(chat, kind as RoomKind, stands as string, actor)
      const before = JSON.stringify(await everything(chat, actor))
      const answer = await chat.chat.execute(actor, tries[name as string] as Command)
      if (!isRefusal(answer)) {
        found.push('y')
        continue
      }
      found.push(letters[answer.refused as keyof typeof letters] ?? answer.refused)
      expect(JSON.stringify(await everything(chat, actor))).toBe(before)
      expect(chat.publisher.published).toStrictEqual([])
    }
    expect(found).toStrictEqual(expected)
  })

  test('the table tries everything', () => {
    expect(new Set(rows.map(([name]) => name))).toStrictEqual(new Set(Object.keys(tries)))
  })
})

/** All that a command could have changed in the room. */
const everything = async ({ ports: { store } }: TestChat, actor: Actor): Promise<unknown> => [
  await store.room(den),
  await store.members(den, { limit: 10 }),
  await store.history(den, {}, { limit: 10, bytes: 100_000 }),
  actor.kind === 'user' && (await store.user(actor.user)),
]

/** What needs no room. */
const serverTable = `
try               guest member admin owner banned nobody system
create            f     y      y     y     f      u      u
direct            y     y      y     y     f      u      u
rename            y     y      y     y     f      u      u
broadcast         f     f      y     y     f      u      u
list-rooms        y     y      y     y     f      u      u
find-users        y     y      y     y     f      u      u
whoami            y     y      y     y     f      u      u
list-connections  f     f      y     y     f      u      u
list-accounts     f     f      y     y     f      u      y
add-account       f     f      y     y     f      u      y
add-admin         f     f      f     y     f      u      y
ban               f     f      y     y     f      u      y
make-admin        f     f      f     y     f      u      y
make-ticket       y     y      y     y     y      u      u
sign-out          y     y      y     y     y      u      u
`
const serverTries: Readonly<Record<string, Command>> = {
  create: { action: 'create', room: den, kind: 'public' },
  direct: { action: 'direct', with: [founder] },
  rename: { action: 'rename', name: 'Another' },
  broadcast: { action: 'broadcast', text },
  'list-rooms': { action: 'list-rooms' },
  'find-users': { action: 'find-users', prefix: '' },
  whoami: { action: 'whoami' },
  'list-connections': { action: 'list-connections' },
  'list-accounts': { action: 'list-accounts' },
  'add-account': { action: 'add-account', name: 'New', password: 'long enough', role: 'member' },
  'add-admin': { action: 'add-account', name: 'New', password: 'long enough', role: 'admin' },
  ban: { action: 'change-account', user: founder, banned: true },
  'make-admin': { action: 'change-account', user: founder, role: 'admin' },
  'make-ticket': { action: 'make-ticket' },
  'sign-out': { action: 'sign-out' },
}
const serverRows = serverTable
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(/ +/))

describe('[V1][H23] every command that needs no room, for everybody', () => {
  test.each(serverRows)('%s', async (name, ...expected) => {
    const found: string[] = []
    for (const role of roles) {
      const chat = testChat()
      const actor = await actorOf(chat, role)
      await chat.person('Founder', { id: founder })
      const answer = await chat.chat.execute(actor, serverTries[name as string] as Command)
      found.push(isRefusal(answer) ? letters[answer.refused as keyof typeof letters] : 'y')
      if (isRefusal(answer)) expect(chat.publisher.published).toStrictEqual([])
    }
    expect(found).toStrictEqual(expected)
  })
})
