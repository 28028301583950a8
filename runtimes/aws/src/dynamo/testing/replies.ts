import type { Draft, Growth, MessageChange, Store } from '@parley/core'
import { logKey } from '../keys.ts'
import type { LocalDynamo } from './local-dynamo.ts'
import { rivals } from './rivals.ts'
import { at, draft, general, message, user } from './samples.ts'

/** The reply that {@link rivalMakers} begins. */
export const reply = message(2)
const from = { id: user(2), name: 'P2', kind: 'bot' } as const

export const replyDraft = (number = 2, more: Partial<Draft> = {}): Draft =>
  draft(number, 2, { from, text: '', streaming: { leaseUntil: at(1_000) }, ...more })

export const piece = (place: number, text: string, run?: number): Growth => ({
  at: place,
  text,
  leaseUntil: at(2_000),
  ...(run !== undefined && { run }),
})

export const end = (more: Partial<Extract<MessageChange, { kind: 'end' }>> = {}): MessageChange => ({
  kind: 'end',
  ended: 'done',
  ...more,
})

export const grow = (store: Store, growth: Growth) => store.growMessage(general, reply, growth)
export const change = (store: Store, what: MessageChange) => store.changeMessage(general, reply, what)

/** A prompt, and a reply to it that grows: run 2. */
export const rivalMakers = async (dynamo: LocalDynamo) => {
  const place = await rivals(dynamo)
  await place.store.appendMessage(draft(1))
  await place.store.appendMessage(replyDraft())
  await grow(place.store, piece(0, 'one '))
  return place
}

/** What is asked for to write a change into the reply that was decided on. */
export const application = ['UpdateItem', logKey(general, 2).sk] as const
