import type { MessageId, RoomId, Up } from '@parley/protocol'
import { messageId, roomId } from '../samples.ts'
import type { TestPerson } from '../test-chat.ts'
import type { Player } from './player.ts'
import type { Saying } from './script.ts'

/** Who and what the numbers of a {@link Saying} stand for. */
export interface Cast {
  readonly people: readonly TestPerson[]
  /** Direct rooms that were opened. */
  readonly direct: readonly RoomId[]
  /** What the bot says and has said, the latest last. */
  readonly replies: readonly { readonly room: RoomId; readonly id: MessageId }[]
}

const texts = ['one', 'two', 'three', 'vier 👋']
const emoji = '👍'

export const roomOf = (cast: Cast, number: number): RoomId =>
  [roomId('den'), roomId('general'), roomId('yard'), roomId('hall'), cast.direct[0] ?? roomId('den')][number] as RoomId

const idOf = (of: number, slot: number): MessageId => messageId(1 + of * 10 + slot)

/** The frame that a player sends for a saying. */
export const frameOf = (cast: Cast, by: Player, what: Saying): Up => {
  const person = (number: number): TestPerson => cast.people[number] as TestPerson
  const own = cast.people.findIndex(({ id }) => id === by.person.id)
  switch (what.say) {
    case 'send':
    case 'edit': {
      const text = texts[what.text] as string
      return { action: what.say, room: roomOf(cast, what.room), id: idOf(own, what.slot), text }
    }
    case 'delete':
      return { action: 'delete', room: roomOf(cast, what.room), id: idOf(what.of, what.slot) }
    case 'react':
      return { action: 'react', room: roomOf(cast, what.room), id: idOf(what.of, what.slot), emoji, on: what.on }
    case 'create':
      return { action: 'create', room: roomId('hall'), kind: what.room % 2 === 0 ? 'private' : 'public' }
    case 'join':
    case 'leave':
      return { action: what.say, room: roomOf(cast, what.room) }
    case 'invite':
    case 'remove':
      return { action: what.say, room: roomOf(cast, what.room), user: person(what.user).id }
    case 'direct':
      return { action: 'direct', with: [person(what.user).id] }
    case 'read': {
      const room = roomOf(cast, what.room)
      return { action: 'read', room, seq: Math.max(0, by.mind.told(room) - what.back) }
    }
    case 'set': {
      const bot = { stops: what.text > 2 ? 'everybody' : 'asker' } as const
      return { action: 'set', room: roomOf(cast, what.room), topic: texts[what.text] as string, bot }
    }
    case 'stop':
    case 'retry':
    case 'variant': {
      const place = cast.replies.at(-1 - what.back) ?? { room: roomOf(cast, 0), id: idOf(0, 0) }
      return what.say === 'variant' ? { action: 'variant', ...place, index: what.slot } : { action: what.say, ...place }
    }
    case 'rename':
      return { action: 'rename', name: `${by.person.name} ${texts[what.text]}` }
  }
}
