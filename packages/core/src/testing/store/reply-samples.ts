import { expect } from 'vitest'
import type { Growth, MessageChange, StoredMessage, Variant } from '../../ports/records.ts'
import type { Store } from '../../ports/store.ts'
import { account, append, draft, general, instant, messageId } from '../samples.ts'

/** The id of the reply that {@link withReply} begins. */
export const reply = messageId(2)

/** A prompt by person 1, and a reply to it by bot 2 that has just begun: run 2, with a lease until 10 s. */
export const withReply = async (store: Store, text = ''): Promise<StoredMessage> => {
  await store.addUser(account(1))
  await store.addUser(account(2, { kind: 'bot', bot: { runs: 'here' } }))
  await append(store, draft(1, 1))
  const from = { id: account(2).id, name: 'Person 2', kind: 'bot' } as const
  const streaming = { leaseUntil: instant(10_000) }
  return (await append(store, draft(2, 2, { from, text, replyTo: messageId(1), streaming }))).stored
}

export const growth = (at: number, text: string, more: Partial<Growth> = {}): Growth => ({
  at,
  text,
  leaseUntil: instant(20_000),
  ...more,
})

export const end = (more: Partial<Extract<MessageChange, { kind: 'end' }>> = {}): MessageChange => ({
  kind: 'end',
  ended: 'done',
  ...more,
})
export const restart = (run: number, ms = 30_000): MessageChange => ({ kind: 'restart', run, leaseUntil: instant(ms) })
export const retry = (ms = 30_000): MessageChange => ({ kind: 'retry', leaseUntil: instant(ms) })
export const show = (variant: Variant): MessageChange => ({ kind: 'show', variant })

/** The newest rev of `general`. */
export const head = async (store: Store): Promise<number | undefined> => (await store.revs([general])).get(general)

/** Changes the reply, which must be possible, and checks that a read tells what the answer does. */
export const changeReply = async (
  store: Store,
  change: MessageChange,
): Promise<{ readonly stored: StoredMessage; readonly changed: boolean }> => {
  const answer = await store.changeMessage(general, reply, change)
  if (typeof answer === 'string') throw new Error(`the reply was not changed: ${answer}`)
  expect(await store.message(general, reply)).toStrictEqual(answer.stored)
  return answer
}

/** Lengthens the reply, which must be possible. */
export const growReply = async (store: Store, at: number, text: string, run?: number): Promise<StoredMessage> => {
  const grown = await store.growMessage(general, reply, growth(at, text, run === undefined ? {} : { run }))
  if (typeof grown === 'string') throw new Error(`the reply did not grow: ${grown}`)
  return grown
}
