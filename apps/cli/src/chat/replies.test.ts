import type { Client, Message } from '@parley/client'
import { describe, expect, test } from 'vitest'
import { retryReply, showVariant, stopReply } from './replies.ts'
import type { Talk } from './talk.ts'

const reply = (id: string, more: Partial<Record<keyof Message, unknown>>) => ({
  id,
  from: { id: 'assistant', kind: 'bot' },
  replyTo: 'prompt',
  ...more,
})

/** A talk in a room with some messages; what is asked of its client is noted. */
const talkOn = (messages: readonly object[]) => {
  const asked: string[] = []
  const noted =
    (what: string) =>
    async (...words: readonly unknown[]) => {
      asked.push([what, ...words].join(' '))
    }
  const client = {
    state: { rooms: new Map([['general', { window: { messages } }]]) },
    stopReply: noted('stop'),
    retryReply: noted('retry'),
    showVariant: noted('variant'),
  } as unknown as Client
  return { asked, talk: { room: 'general', client } as Talk }
}

const messages = [
  reply('old', { ended: 'done', variants: { index: 1, count: 2 } }),
  reply('older one that grows', { streaming: true }),
  reply('growing', { streaming: true }),
  reply('new', { ended: 'done' }),
  reply('gone', { streaming: true, deletedAt: 'then', variants: { index: 0, count: 3 } }),
  { id: 'said', from: { id: 'bia', kind: 'person' }, replyTo: 'prompt', text: 'hm' },
]

describe('the newest reply', () => {
  test('is stopped, tried again, or another of its variants shown', async () => {
    const { asked, talk } = talkOn(messages)
    await stopReply(talk)
    await retryReply(talk)
    await showVariant(talk, '1')
    expect(asked).toEqual(['stop general growing', 'retry general new', 'variant general old 0'])
  })

  test('of nobody is none', () => {
    const { asked, talk } = talkOn(messages.slice(-1))
    expect(() => stopReply(talk)).toThrow('Nobody is making a reply here.')
    expect(() => retryReply(talk)).toThrow('There is nothing here to try again.')
    expect(() => showVariant(talk, '1')).toThrow('There is no reply here with variants.')
    expect(asked).toEqual([])
  })

  test.each([
    ['', 'Write it like /variant NUMBER.'],
    ['0', 'Write it like /variant NUMBER.'],
    ['two', 'Write it like /variant NUMBER.'],
    ['3', 'There are 2 variants of it.'],
  ])('has no variant %j', (number, why) => {
    expect(() => showVariant(talkOn(messages).talk, number)).toThrow(why)
  })
})
