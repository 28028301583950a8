import { Failure } from '../failure.ts'
import { joinRoom } from '../join-room.ts'
import { emojiOf } from './emoji.ts'
import { messageByNumber, ownLatest, ownRoom, personIn } from './find.ts'
import { helpPanel, peoplePanel, roomsPanel } from './panels.ts'
import { retryReply, showVariant, stopReply } from './replies.ts'
import type { Talk } from './talk.ts'

/** What may follow a command's name, for who completes it. */
export type Argument = 'room' | 'person' | 'emoji'

/** What one can do by typing its name after a slash. */
export interface SlashCommand {
  readonly usage: string
  readonly about: string
  readonly completes?: Argument
  /** @throws Failure, ParleyError */
  readonly act: (talk: Talk, rest: string) => Promise<unknown> | unknown
}

const split = (rest: string): readonly [string, string] => {
  const [, first = '', more = ''] = /^(\S*)\s*([\s\S]*)$/.exec(rest) ?? []
  return [first, more]
}

const needed = (value: string, usage: string): string => {
  if (!value) throw new Failure(`Write it like ${usage}.`)
  return value
}

const join = async (talk: Talk, rest: string): Promise<void> => {
  const name = needed(rest, '/join ROOM')
  const own = ownRoom(talk, name)
  const room = own ?? name.replace(/^#/, '')
  if (!own) await joinRoom(talk.client, room)
  await talk.go(room)
}

const create = async (talk: Talk, rest: string): Promise<void> => {
  const isPrivate = /(^|\s)--private(?=\s|$)/.test(rest)
  const [room, name] = split(rest.replace(/(^|\s)--private(?=\s|$)/, ' ').trim())
  needed(room, '/create ROOM [NAME] [--private]')
  const kind = isPrivate ? 'private' : 'public'
  await talk.client.create(room.replace(/^#/, ''), { kind, ...(name && { name }) })
  await talk.go(room.replace(/^#/, ''))
}

const leave = async (talk: Talk, rest: string): Promise<void> => {
  const room = rest ? ownRoom(talk, rest) : talk.room
  if (!room) throw new Failure(`You are not in ${rest}.`)
  await talk.client.leave(room)
  if (room === talk.room) await talk.go('general')
  talk.say(`You left ${room}.`)
}

const dm = async (talk: Talk, rest: string): Promise<void> => {
  const { user, rest: text } = await personIn(talk, needed(rest, '/dm NAME [TEXT]'))
  const { id } = await talk.client.direct([user.id])
  await talk.go(id)
  if (text) talk.client.send(id, text)
}

const edit = async (talk: Talk, rest: string): Promise<void> => {
  const [first, text] = split(rest)
  if (!first || (/^#?\d+$/.test(first) && !text)) {
    const message = first ? messageByNumber(talk, first) : ownLatest(talk)
    talk.compose(`/edit ${message.seq} ${message.text}`)
    return
  }
  const { id } = messageByNumber(talk, first)
  await talk.client.edit(talk.room, id, text)
}

const react = async (talk: Talk, rest: string): Promise<void> => {
  const [number, word] = split(rest)
  const emoji = emojiOf(needed(word, '/react NUMBER EMOJI'))
  const { id, reactions } = messageByNumber(talk, number)
  const has = reactions?.[emoji]?.some((user) => user === talk.client.state.me?.id) ?? false
  await talk.client.react(talk.room, id, emoji, !has)
}

const reply = (talk: Talk, rest: string): void => {
  const [number, text] = split(rest)
  const { id } = messageByNumber(talk, number)
  talk.client.send(talk.room, needed(text, '/reply NUMBER TEXT'), id)
}

/** The messages of the room that were not sent. */
const failed = ({ client, room }: Talk) => (client.state.outbox.get(room) ?? []).filter((outgoing) => outgoing.failed)

/** Sends again what was not sent; where everything was, a bot is to try again. */
const retry = async (talk: Talk): Promise<void> => {
  const list = failed(talk)
  for (const { id } of list) talk.client.resend(talk.room, id)
  if (list.length === 0) await retryReply(talk)
}

const discard = (talk: Talk): void => {
  const list = failed(talk)
  if (list.length === 0) throw new Failure('There is no message here that was not sent.')
  for (const { id } of list) talk.client.discard(talk.room, id)
}

const catchUp = async (talk: Talk): Promise<void> => {
  await talk.client.catchUp(talk.room)
  talk.say('What you missed is being summed up, for you alone.')
}

/** All commands by name, in the order in which help tells them. */
export const slashCommands: Readonly<Record<string, SlashCommand>> = {
  rooms: {
    usage: '/rooms',
    about: 'your rooms and all public ones',
    act: async (talk) => talk.show(await roomsPanel(talk)),
  },
  join: { usage: '/join ROOM', about: 'go to a room, joining it', completes: 'room', act: join },
  dm: { usage: '/dm NAME [TEXT]', about: 'talk with one person', completes: 'person', act: dm },
  people: { usage: '/people', about: 'who is in this room', act: async (talk) => talk.show(await peoplePanel(talk)) },
  reply: { usage: '/reply NUMBER TEXT', about: 'answer a message', act: reply },
  react: {
    usage: '/react NUMBER EMOJI',
    about: 'put an emoji to a message, or take it away: 👍, +1, tada',
    completes: 'emoji',
    act: react,
  },
  edit: { usage: '/edit [NUMBER TEXT]', about: 'change a message of yours; alone: the last one', act: edit },
  delete: {
    usage: '/delete NUMBER',
    about: 'delete a message of yours',
    act: (talk, rest) => talk.client.delete(talk.room, messageByNumber(talk, needed(rest, '/delete NUMBER')).id),
  },
  retry: { usage: '/retry', about: 'send again what was not sent; else have the newest reply made anew', act: retry },
  discard: { usage: '/discard', about: 'give up what was not sent', act: discard },
  stop: { usage: '/stop', about: 'end the reply that is being made', act: stopReply },
  variant: { usage: '/variant NUMBER', about: 'show another variant of the newest reply', act: showVariant },
  catchup: { usage: '/catchup', about: 'have what you missed here summed up, for you alone', act: catchUp },
  create: { usage: '/create ROOM [NAME]', about: 'make a room; with --private one to be invited to', act: create },
  invite: {
    usage: '/invite NAME',
    about: 'bring somebody into this room',
    completes: 'person',
    act: async (talk, rest) => {
      const { user } = await personIn(talk, needed(rest, '/invite NAME'))
      await talk.client.invite(talk.room, user.id)
      talk.say(`${user.name} is in this room now.`)
    },
  },
  remove: {
    usage: '/remove NAME',
    about: 'take somebody out of this room',
    completes: 'person',
    act: async (talk, rest) => {
      const { user } = await personIn(talk, needed(rest, '/remove NAME'))
      await talk.client.remove(talk.room, user.id)
      talk.say(`${user.name} is no longer in this room.`)
    },
  },
  topic: {
    usage: '/topic TEXT',
    about: 'say what this room is about',
    act: (talk, rest) => talk.client.set(talk.room, { topic: rest }),
  },
  title: {
    usage: '/title TEXT',
    about: 'give this room another name',
    act: (talk, rest) => talk.client.set(talk.room, { name: needed(rest, '/title TEXT') }),
  },
  leave: { usage: '/leave [ROOM]', about: 'leave this room, or another one', completes: 'room', act: leave },
  rename: {
    usage: '/rename NAME',
    about: 'take another name yourself',
    act: async (talk, rest) => {
      await talk.client.rename(needed(rest, '/rename NAME'))
      talk.say(`You are ${talk.client.state.me?.name} now.`)
    },
  },
  broadcast: {
    usage: '/broadcast TEXT',
    about: 'speak to everybody who is connected; for admins',
    act: (talk, rest) => talk.client.broadcast(needed(rest, '/broadcast TEXT')),
  },
  help: {
    usage: '/help',
    about: 'this list',
    act: (talk) => talk.show(helpPanel(talk, Object.values(slashCommands))),
  },
  quit: { usage: '/quit', about: 'leave; your session is kept', act: (talk) => talk.quit() },
}
