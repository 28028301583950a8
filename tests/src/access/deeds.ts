import type { DownType, EndpointName } from '@parley/protocol'
import type { ApiQuestion } from '../harness/api.ts'
import type { UpFrame } from '../harness/raw-client.ts'
import { newId, newName } from '../harness/world.ts'
import type { Rule } from './standpoints.ts'

export type Kind = 'public' | 'private' | 'direct'

/** A room, and what can be tried on it. */
export interface Scene {
  readonly place: string
  /** Messages of somebody else, and of who tries where it could write. */
  readonly theirs: string
  readonly own: string
  /** What a bot answers to these, still growing. */
  readonly replyToThem: string
  readonly replyToOwn: string
  /** Somebody who is in the room, and somebody who is not. */
  readonly insider: string
  readonly outsider: string
}

/** What is seen of a room from inside. */
export type Facet = 'messages' | 'people' | 'facts'

/** Something that somebody tries, by a frame and perhaps over HTTP, and what follows where they may. */
export interface Deed extends Rule {
  readonly frame?: (scene: Scene) => UpFrame
  readonly http?: (scene: Scene) => readonly [EndpointName, ApiQuestion]
  /** What others see another of; nothing where it is left out. */
  readonly changes?: Facet
  /** What others in the room are told. */
  readonly tells?: DownType
  /** How somebody who may is answered where there is nothing to do. */
  readonly answer?: 'conflict' | 'not_found'
}

const at = ({ place }: Scene, more: object = {}) => ({ room: place, ...more })
const read = { right: 'read public rooms' } as const
const write = { right: 'join public rooms', inside: 'only' } as const
const said = { changes: 'messages', tells: 'message' } as const
const manage = { right: 'invite with a `role`', inside: 'or runs it' } as const
const people = { changes: 'people', tells: 'room' } as const

/**
 * What can be done in a room, by the row of "Who may what" that it belongs to, and by the rules that say more: S6 and V3
 * (`inside`), E2, R7, R10 and R12 (`never`), T1 and T6 (`bots`). What takes something away comes last.
 */
export const deeds: Readonly<Record<string, Deed>> = {
  sync: { ...read, frame: (scene) => ({ action: 'sync', ...at(scene, { since: 0 }) }) },
  history: {
    ...read,
    frame: (scene) => ({ action: 'history', ...at(scene) }),
    http: ({ place }) => ['GET /api/rooms/{room}/messages', { at: place }],
  },
  members: { ...read, frame: (scene) => ({ action: 'members', ...at(scene) }) },
  facts: { ...read, http: ({ place }) => ['GET /api/rooms/{room}', { at: place }] },
  send: {
    ...write,
    ...said,
    frame: (scene) => ({ action: 'send', ...at(scene, { id: newId(), text: 'text' }) }),
    http: ({ place }) => ['POST /api/rooms/{room}/messages', { at: place, body: { text: 'text' } }],
  },
  'send what grows': {
    ...write,
    ...said,
    bots: 'only',
    frame: (scene) => ({ action: 'send', ...at(scene, { id: newId(), text: '', streaming: true }) }),
  },
  "grow another's": {
    ...write,
    never: ['public', 'private', 'direct'],
    frame: (scene) => ({ action: 'delta', ...at(scene, { id: scene.replyToThem, at: 0, text: 'more' }) }),
  },
  "finish another's": {
    ...write,
    never: ['public', 'private', 'direct'],
    frame: (scene) => ({ action: 'finish', ...at(scene, { id: scene.replyToThem, ended: 'done' }) }),
  },
  'edit own': {
    ...write,
    ...said,
    frame: (scene) => ({ action: 'edit', ...at(scene, { id: scene.own, text: newName('changed') }) }),
  },
  "edit another's": {
    ...write,
    never: ['public', 'private', 'direct'],
    frame: (scene) => ({ action: 'edit', ...at(scene, { id: scene.theirs, text: 'changed' }) }),
  },
  react: {
    ...write,
    ...said,
    frame: (scene) => ({ action: 'react', ...at(scene, { id: scene.theirs, emoji: '👍', on: true }) }),
  },
  typing: { ...write, tells: 'typing', frame: (scene) => ({ action: 'typing', ...at(scene) }) },
  read: { ...write, tells: 'read', frame: (scene) => ({ action: 'read', ...at(scene, { seq: 2 }) }) },
  catchup: { ...write, frame: (scene) => ({ action: 'catchup', ...at(scene) }) },
  'stop a reply to oneself': {
    ...write,
    inside: 'or runs it',
    ...said,
    frame: (scene) => ({ action: 'stop', ...at(scene, { id: scene.replyToOwn }) }),
  },
  'set the topic': {
    ...manage,
    changes: 'facts',
    tells: 'room',
    frame: (scene) => ({ action: 'set', ...at(scene, { topic: newName('Topic') }) }),
  },
  'set the name': {
    ...manage,
    never: ['direct'],
    changes: 'facts',
    tells: 'room',
    frame: (scene) => ({ action: 'set', ...at(scene, { name: newName('Name') }) }),
  },
  'set what bots do': {
    ...manage,
    changes: 'facts',
    tells: 'room',
    frame: (scene) => ({ action: 'set', ...at(scene, { bot: { speaks: 'replied' } }) }),
  },
  'see what bots do': { ...manage, http: ({ place }) => ['GET /api/rooms/{room}/bot', { at: place }] },
  'stop a reply to another': {
    ...manage,
    ...said,
    frame: (scene) => ({ action: 'stop', ...at(scene, { id: scene.replyToThem }) }),
  },
  // It asks a bot, which is writing.
  "retry another's": {
    ...manage,
    inside: 'only',
    answer: 'conflict',
    frame: (scene) => ({ action: 'retry', ...at(scene, { id: scene.replyToThem }) }),
  },
  "choose among another's": {
    ...manage,
    answer: 'not_found',
    frame: (scene) => ({ action: 'variant', ...at(scene, { id: scene.replyToThem, index: 1 }) }),
  },
  invite: {
    right: 'create rooms',
    inside: 'or runs it',
    never: ['direct'],
    ...people,
    frame: (scene) => ({ action: 'invite', ...at(scene, { user: scene.outsider }) }),
  },
  'invite with a role': {
    ...manage,
    never: ['direct'],
    ...people,
    frame: (scene) => ({ action: 'invite', ...at(scene, { user: scene.insider, role: 'admin' }) }),
  },
  'delete own': {
    ...write,
    inside: 'or runs it',
    ...said,
    frame: (scene) => ({ action: 'delete', ...at(scene, { id: scene.own }) }),
  },
  "delete another's": {
    ...manage,
    ...said,
    frame: (scene) => ({ action: 'delete', ...at(scene, { id: scene.theirs }) }),
  },
  remove: {
    ...manage,
    never: ['direct'],
    ...people,
    frame: (scene) => ({ action: 'remove', ...at(scene, { user: scene.insider }) }),
  },
}
