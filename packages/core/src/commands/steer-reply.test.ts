import { limits, type RoomBotChange } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { assistantId } from '../bots.ts'
import { type Begun, botRoom, type ReplyJob, service } from '../testing/bot-room.ts'
import { refusal, refusedAs } from '../testing/expected.ts'
import { general, messageId, upTo } from '../testing/samples.ts'

/** Ada has asked the assistant, which has begun to answer; Bea, a guest, and the owner are there too. */
const asked = async (bot?: RoomBotChange) => {
  const room = await botRoom()
  if (bot) await room.ports.store.changeRoom(general, { bot })
  const [ada, bea] = [await room.connect(room.ada), await room.connect(room.bea)]
  const guest = await room.connect(await room.guest('Gus'))
  const owner = await room.connect(room.owner)
  const [job] = (await room.say(ada, 1, '@assistant hi')).asked
  if (!job) throw new Error('nobody was asked')
  const first = await room.begun(job)
  const { id } = first.message
  const place = { room: general, id }
  const end = (text: string, { run }: Pick<Begun, 'run'> = first) =>
    room.chat.execute(service(assistantId), { action: 'end-reply', ...place, run, text, ended: 'done' })
  const stored = async () => (await room.ports.store.message(general, id))?.message
  for (const client of [ada, bea, guest, owner]) client.forget()
  /** Asks for another reply, and lets the bot end it with a text. */
  const retryWith = async (text: string): Promise<ReplyJob> => {
    await ada.say({ action: 'retry', ...place })
    const again = room.jobs.kept.at(-1) as ReplyJob
    await end(text, await room.begun(again))
    return again
  }
  return { ...room, clients: { ada, bea, guest, owner }, job, first, id, place, end, stored, retryWith }
}

describe('stop', () => {
  test('[T9] ends a reply with what was said, and tells who did it', async () => {
    const { chat, clients, place, first, stored, ada } = await asked()
    const grow = { action: 'grow-reply', ...place, run: first.run, at: 0, text: 'half a sen' } as const
    await chat.execute(service(assistantId), grow)
    clients.bea.forget()
    expect(await clients.ada.say({ action: 'stop', ...place })).toStrictEqual({ type: 'ok', ref: expect.any(String) })
    expect(await stored()).toMatchObject({ text: 'half a sen', ended: 'stopped', endedBy: ada.id, rev: 3 })
    expect(clients.bea.heard).toMatchObject([
      { type: 'message', rev: 3, message: { ended: 'stopped', endedBy: ada.id } },
    ])
    expect(await chat.execute(service(assistantId), { ...grow, at: 10 })).toStrictEqual(refusal('conflict'))
  })

  test('[T9] of a reply that has ended changes nothing', async () => {
    const { clients, place, end, stored } = await asked()
    await end('hello')
    const before = await stored()
    expect(await clients.ada.say({ action: 'stop', ...place })).toMatchObject({ type: 'ok' })
    expect(await stored()).toStrictEqual(before)
  })

  test('[T9] stops the message of a program too', async () => {
    const { ports, clients } = await asked()
    const from = { id: assistantId, name: 'assistant', kind: 'bot' } as const
    const streaming = { leaseUntil: '2030-01-01T00:00:00.000Z' }
    await ports.store.appendMessage({
      ...{ id: messageId(7), room: general, from, text: 'x', at: '2026-01-01T00:00:00.000Z', streaming },
      replyTo: messageId(1),
    })
    expect(await clients.ada.say({ action: 'stop', room: general, id: messageId(7) })).toMatchObject({ type: 'ok' })
    expect((await ports.store.message(general, messageId(7)))?.message).toMatchObject({ ended: 'stopped' })
  })

  test('[T10] of what is no message of a bot, or none at all', async () => {
    const { clients } = await asked()
    const stop = (number: number) => clients.owner.say({ action: 'stop', room: general, id: messageId(number) })
    expect(await stop(1)).toStrictEqual(refusedAs('forbidden'))
    expect(await stop(9)).toStrictEqual(refusedAs('not_found'))
  })
})

describe('who may steer', () => {
  /** Who of those that try may do it; the reply is as it was before for each. */
  const allowed = async (action: 'stop' | 'retry' | 'variant', bot?: RoomBotChange) => {
    const names: string[] = []
    for (const name of ['ada', 'bea', 'guest', 'owner', 'head'] as const) {
      const room = await asked(bot)
      if (action !== 'stop') await room.end('first')
      if (action === 'variant') await room.retryWith('second')
      await room.ports.store.changeMemberRole(general, room.bea.id, name === 'head' ? 'admin' : 'member')
      const client = name === 'head' ? room.clients.bea : room.clients[name]
      const answer = await client.say({ action, ...room.place, ...(action === 'variant' && { index: 0 }) })
      if (answer.type === 'ok') names.push(name)
      else expect(answer).toStrictEqual(refusedAs('forbidden'))
    }
    return names
  }

  test.each(['stop', 'retry', 'variant'] as const)('[T10] %s is for who has asked, and for admins', async (action) => {
    expect(await allowed(action)).toStrictEqual(['ada', 'owner', 'head'])
  })

  test.each(['stop', 'retry', 'variant'] as const)('[T10] %s is for everybody where that is set', async (action) => {
    expect(await allowed(action, { stops: 'everybody' })).toStrictEqual(['ada', 'bea', 'guest', 'owner', 'head'])
  })

  test('[U3][T10] who may not ask may not ask again', async () => {
    const { clients, place, end, ports } = await asked({ stops: 'everybody' })
    await end('first')
    await ports.store.changeRoom(general, { bot: { asks: 'members' } })
    expect(await clients.guest.say({ action: 'retry', ...place })).toStrictEqual(refusedAs('forbidden'))
    expect(await clients.bea.say({ action: 'retry', ...place })).toMatchObject({ type: 'ok' })
  })
})

describe('retry', () => {
  test('[T11] begins another reply in the same place, which is a job of its own', async () => {
    const { clients, place, end, stored, jobs, job, first } = await asked()
    await end('first')
    clients.bea.forget()
    expect(await clients.ada.say({ action: 'retry', ...place })).toMatchObject({ type: 'ok' })
    const message = { text: '', streaming: true, rev: 4, seq: first.message.seq, variants: { index: 1, count: 2 } }
    expect(await stored()).toMatchObject(message)
    expect(await stored()).not.toHaveProperty('ended')
    expect(clients.bea.heard).toMatchObject([{ type: 'message', rev: 4, message }])
    expect(jobs.kept.at(-1)).toStrictEqual({ ...job, id: `${place.id} 4`, run: 4 })
  })

  test('[T11] is done by the bot under the same id, and once', async () => {
    const { clients, place, end, stored, jobs, begin, begun, chat } = await asked()
    await end('first')
    await clients.ada.say({ action: 'retry', ...place })
    const again = jobs.kept.at(-1) as ReplyJob
    const { run, message } = await begun(again)
    expect([run, message.id]).toStrictEqual([4, place.id])
    expect(await begin(again)).toMatchObject({ state: 'busy' })
    await chat.execute(service(assistantId), { action: 'grow-reply', ...place, run, at: 0, text: 'sec' })
    await end('second', { run })
    expect(await stored()).toMatchObject({ text: 'second', ended: 'done', variants: { index: 1, count: 2 } })
    expect(await begin(again)).toStrictEqual({ state: 'over' })
  })

  test('[T11] while the reply is being made is a conflict', async () => {
    const { clients, place } = await asked()
    expect(await clients.ada.say({ action: 'retry', ...place })).toStrictEqual(refusedAs('conflict'))
  })

  test('[T11] is a conflict when there are as many as may be', async () => {
    const { clients, place, end, retryWith, stored } = await asked()
    await end('reply 0')
    for (const number of upTo(limits.variantsMax - 1)) await retryWith(`reply ${number}`)
    expect((await stored())?.variants).toStrictEqual({ index: 9, count: limits.variantsMax })
    expect(await clients.ada.say({ action: 'retry', ...place })).toStrictEqual(refusedAs('conflict'))
    expect((await stored())?.text).toBe('reply 9')
  })

  test('[T11] is a conflict when the prompt is gone, or a program has said it', async () => {
    const { clients, place, end, ports, chat } = await asked()
    await end('first')
    const added = await chat.execute({ kind: 'system' }, { action: 'add-bot', name: 'program', runs: 'outside' })
    if (!('id' in added)) throw new Error('no bot')
    await ports.store.appendMessage({
      ...{ id: messageId(7), room: general, from: { id: added.id, name: 'program', kind: 'bot' }, text: 'x' },
      ...{ at: '2026-01-01T00:00:00.000Z', replyTo: messageId(1) },
    })
    const said = { room: general, id: messageId(7) }
    expect(await clients.ada.say({ action: 'retry', ...said })).toStrictEqual(refusedAs('conflict'))
    await clients.ada.say({ action: 'delete', room: general, id: messageId(1) })
    expect(await clients.ada.say({ action: 'retry', ...place })).toStrictEqual(refusedAs('conflict'))
  })

  test('[T8][T11] that nobody takes up is ended as interrupted', async () => {
    const { clients, place, end, stored, chat, clock } = await asked()
    await end('first')
    await clients.ada.say({ action: 'retry', ...place })
    clock.pass(15_001)
    await chat.wake()
    expect(await stored()).toMatchObject({ text: '', ended: 'interrupted', variants: { index: 1, count: 2 } })
  })
})

describe('variant', () => {
  test('[T12] shows another reply to everybody, and back', async () => {
    const { clients, place, end, retryWith, stored } = await asked()
    await end('first')
    await retryWith('second')
    const { rev = 0 } = (await stored()) ?? {}
    clients.bea.forget()
    expect(await clients.ada.say({ action: 'variant', ...place, index: 0 })).toMatchObject({ type: 'ok' })
    const shown = { text: 'first', ended: 'done', rev: rev + 1, variants: { index: 0, count: 2 } }
    expect(await stored()).toMatchObject(shown)
    expect(clients.bea.heard).toMatchObject([{ type: 'message', rev: rev + 1, message: shown }])
    await clients.ada.say({ action: 'variant', ...place, index: 1 })
    expect(await stored()).toMatchObject({ text: 'second', variants: { index: 1, count: 2 } })
  })

  test('[T12] keeps how each ended, and by whom', async () => {
    const { clients, place, first, stored, ada, retryWith, chat } = await asked()
    await chat.execute(service(assistantId), { action: 'grow-reply', ...place, run: first.run, at: 0, text: 'half' })
    await clients.ada.say({ action: 'stop', ...place })
    await retryWith('whole')
    expect(await stored()).not.toHaveProperty('endedBy')
    await clients.ada.say({ action: 'variant', ...place, index: 0 })
    expect(await stored()).toMatchObject({ text: 'half', ended: 'stopped', endedBy: ada.id })
  })

  test('[T12] of the one that is shown changes nothing; of one that is not there is not found', async () => {
    const { clients, place, end, retryWith, stored } = await asked()
    const show = (index: number) => clients.ada.say({ action: 'variant', ...place, index })
    expect(await show(0)).toStrictEqual(refusedAs('conflict'))
    await end('first')
    expect(await show(0)).toStrictEqual(refusedAs('not_found'))
    await retryWith('second')
    const before = await stored()
    expect(await show(1)).toMatchObject({ type: 'ok' })
    expect(await show(2)).toStrictEqual(refusedAs('not_found'))
    expect(await stored()).toStrictEqual(before)
  })

  test('[T12] while another is being made is a conflict', async () => {
    const { clients, place, end } = await asked()
    await end('first')
    await clients.ada.say({ action: 'retry', ...place })
    expect(await clients.ada.say({ action: 'variant', ...place, index: 0 })).toStrictEqual(refusedAs('conflict'))
  })

  test('a reply that is deleted leaves none', async () => {
    const { clients, place, end, retryWith, ports } = await asked()
    await end('first')
    await retryWith('second')
    await clients.owner.say({ action: 'delete', ...place })
    expect(await ports.store.variant(general, place.id, 0)).toBeUndefined()
    expect(await clients.ada.say({ action: 'variant', ...place, index: 0 })).toStrictEqual(refusedAs('not_found'))
  })
})
