import type { Down } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { provider } from '../harness/model.ts'
import { awsWorld, type Client, newId } from '../harness/world.ts'

const model = await provider()
const { deployment, guest, connect, member, room } = await awsWorld(model.settings)
const ada = await member()

/** Says something until that is answered, as a client does that hears nothing, or that something went wrong. */
const insist = async (client: Client, place: string, text: string): Promise<Down<'message'>['message']> => {
  const frame = { action: 'send', room: place, id: newId(), text }
  for (;;) {
    const answer = await client.ask('message', frame).catch(() => undefined)
    if (answer) return answer.message
  }
}

/** All messages of a room, as `sync` tells them. */
const synced = async (client: Client, place: string): Promise<readonly Down<'message'>['message'][]> => {
  const all: Down<'message'>['message'][] = []
  for (let since = 0, more = true; more; ) {
    const page = await client.ask('synced', { action: 'sync', room: place, since, limit: 500 })
    all.push(...page.messages)
    since = page.rev
    more = page.more
  }
  return all
}

describe('functions that die between any two calls, posts that are refused, and queues that double and delay', () => {
  test('lose nothing that was acknowledged, and double nothing', async () => {
    const place = await room('public', ada)
    const writers = await Promise.all([guest(), guest()].map(async (person) => connect(await person)))
    for (const writer of writers) await writer.ask('room', { action: 'join', room: place })
    await deployment.setFaults({
      dieEvery: 23,
      throttleChance: 0.2,
      doubleChance: 0.3,
      delayMs: 100,
      dropDisconnectChance: 1,
    })
    const said = await Promise.all(
      writers.map(async (writer, number) => {
        const own = []
        for (let index = 0; index < 12; index += 1) own.push(await insist(writer, place, `${number} says ${index}`))
        return own
      }),
    )
    expect(await deployment.setFaults({})).toBeGreaterThan(5)
    const reader = await connect(await guest())
    await reader.ask('room', { action: 'join', room: place })
    const kept = await synced(reader, place)
    const bySeq = [...kept].sort((one, other) => one.seq - other.seq)
    expect(bySeq.map(({ rev }) => rev)).toEqual(bySeq.map((_, index) => index + 1))
    expect(new Set(kept.map(({ id }) => id)).size).toBe(24)
    expect(bySeq).toEqual(said.flat().sort((one, other) => one.seq - other.seq))
    for (const own of said) expect(own.map(({ seq }) => seq)).toEqual(own.map(({ seq }) => seq).sort((a, b) => a - b))
  })
})

describe('a bot worker that dies', () => {
  test('is followed by another, which takes the reply up and ends it', async () => {
    const place = await room('private', ada)
    await deployment.setFaults({ dieEvery: 20, dieIn: 'Bot', deaths: 1 })
    const prompt = await insist(ada, place, '@assistant tell me')
    // The queue shows the job again when its time is over; the hold of the one that died lasts 20 s of real time.
    const putForward = setInterval(() => deployment.advance(30_000), 5_000)
    try {
      const { message } = await ada.heard(
        'message',
        (frame) => frame.message.replyTo === prompt.id && frame.message.ended !== undefined,
        55_000,
      )
      expect(message).toMatchObject({ text: 'Hello there.', ended: 'done' })
      expect(await deployment.setFaults({})).toBe(1)
    } finally {
      clearInterval(putForward)
    }
    expect((await synced(ada, place)).filter(({ replyTo }) => replyTo === prompt.id)).toHaveLength(1)
  })
})
