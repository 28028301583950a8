import { describe, expect, test } from 'vitest'
import { assistantId, replyId } from '../bots.ts'
import { botRoom, service } from '../testing/bot-room.ts'
import { refusal } from '../testing/expected.ts'
import { facts, general, membership, messageId, roomId } from '../testing/samples.ts'

const leaseMs = 20_000

/** Ada has asked the assistant. */
const asked = async () => {
  const room = await botRoom()
  const client = await room.connect(room.ada)
  const { asked } = await room.say(client, 1, '@assistant hi')
  const [job] = asked
  if (!job) throw new Error('nobody was asked')
  client.forget()
  const id = await replyId(messageId(1), assistantId)
  const execute = room.chat.execute
  const grow = (run: number, at: number, text: string) =>
    execute(service(assistantId), { action: 'grow-reply', room: general, id, run, at, text })
  const end = (run: number, text?: string) =>
    execute(service(assistantId), {
      action: 'end-reply',
      room: general,
      id,
      run,
      ended: 'done',
      ...(text !== undefined && { text }),
    })
  const reply = () => room.ports.store.message(general, id)
  return { ...room, client, job, id, grow, end, reply }
}

describe('a reply that is begun', () => {
  test('[U1] is in the room at once, streaming, by the bot, under an id of its own', async () => {
    const { begin, job, id, client, clock, ada, ports } = await asked()
    const start = await begin(job)
    const message = {
      id,
      room: general,
      seq: 2,
      rev: 2,
      from: { id: assistantId, name: 'assistant', kind: 'bot' },
      text: '',
      at: start.state === 'begun' ? start.message.at : '',
      replyTo: messageId(1),
      streaming: true,
    }
    expect(start).toStrictEqual({
      state: 'begun',
      message,
      run: 2,
      prompt: (await ports.store.message(general, messageId(1)))?.message,
      facts: await ports.store.room(general),
      bot: await ports.store.user(assistantId),
      asker: await ports.store.user(ada.id),
      left: { person: 200_000, room: 1_000_000 },
    })
    expect(client.heard).toStrictEqual([{ type: 'message', room: general, rev: 2, message }])
    expect((await ports.store.message(general, id))?.stream).toStrictEqual({
      run: 2,
      leaseUntil: clock.iso(leaseMs),
      restarts: 0,
    })
  })

  test('[U1] is one, however often and by however many it is begun', async () => {
    const { begin, job, ports, clock } = await asked()
    const starts = await Promise.all([begin(job), begin(job), begin(job)])
    expect(starts.filter(({ state }) => state === 'begun')).toHaveLength(1)
    expect(starts.filter(({ state }) => state === 'busy')).toStrictEqual([
      { state: 'busy', until: clock.iso(leaseMs) },
      { state: 'busy', until: clock.iso(leaseMs) },
    ])
    expect((await ports.store.revs([general])).get(general)).toBe(2)
  })

  test('[U1] and has ended is over', async () => {
    const { begin, begun, job, end, reply, clock } = await asked()
    const { run } = await begun(job)
    await end(run, 'hello')
    clock.pass(leaseMs + 1)
    expect(await begin(job)).toStrictEqual({ state: 'over' })
    expect((await reply())?.message).toMatchObject({ text: 'hello', ended: 'done', rev: 3 })
  })

  test('[U1] and has ended is told again: who ended it may have died before it was told', async () => {
    const { begun, begin, job, end, client } = await asked()
    await end((await begun(job)).run, 'All.')
    client.forget()
    expect(await begin(job)).toStrictEqual({ state: 'over' })
    expect(client.heard).toMatchObject([{ type: 'message', message: { text: 'All.', ended: 'done' } }])
  })

  test('tells what is left of the budgets of the asker and of the room today', async () => {
    const { begun, job, ports, ada, bea } = await asked()
    const usage = { room: general, bot: assistantId, model: 'm', at: '', variant: 0, cost: null, estimated: false }
    const at = ports.clock.now()
    const add = (id: string, user: typeof ada.id, room: typeof general, ms: number) =>
      ports.ledger.add({ ...usage, id, user, room, at: new Date(ms).toISOString(), tokensIn: 1_000, tokensOut: 1 })
    await add('a', ada.id, general, at)
    await add('b', ada.id, roomId('den'), at)
    await add('c', bea.id, general, at)
    await add('d', ada.id, general, at - 24 * 60 * 60 * 1000)
    expect((await begun(job)).left).toStrictEqual({ person: 200_000 - 2_002, room: 1_000_000 - 2_002 })
  })

  test('where there are no budgets any number is left', async () => {
    const room = await botRoom({ settings: { budget: { person: null, room: null } } })
    const { asked } = await room.say(await room.connect(room.ada), 1, '@assistant hi')
    if (!asked[0]) throw new Error('nobody was asked')
    expect((await room.begun(asked[0])).left).toStrictEqual({ person: null, room: null })
  })
})

describe('a reply whose maker has died', () => {
  test('[T8] is taken up where it is when nothing was said, by one of those that try', async () => {
    const { begin, begun, job, clock, reply } = await asked()
    const { run } = await begun(job)
    clock.pass(leaseMs - 1)
    expect(await begin(job)).toStrictEqual({ state: 'busy', until: clock.iso(1) })
    clock.pass(1)
    const starts = await Promise.all([begin(job), begin(job)])
    expect(starts).toMatchObject([{ state: 'begun', run }, { state: 'busy' }])
    expect(await reply()).toMatchObject({ message: { rev: 2 }, stream: { run, leaseUntil: clock.iso(leaseMs) } })
  })

  test('[T8] is begun anew when something was said, and the one that was given up says no more', async () => {
    const { begin, begun, job, clock, grow, end, reply, client } = await asked()
    const { run } = await begun(job)
    await grow(run, 0, 'half a sen')
    clock.pass(leaseMs)
    client.forget()
    expect(await begin(job)).toMatchObject({ state: 'begun', run: 3, message: { rev: 3, text: '', streaming: true } })
    expect(client.heard).toMatchObject([{ type: 'message', rev: 3, message: { text: '' } }])
    expect(await grow(run, 10, 'tence')).toStrictEqual(refusal('conflict'))
    expect(await end(run)).toStrictEqual(refusal('conflict'))
    expect(await grow(3, 0, 'anew')).toStrictEqual({ type: 'ok' })
    await end(3)
    expect((await reply())?.message).toMatchObject({ text: 'anew', ended: 'done', rev: 4 })
  })

  test('[T8] a second time ends as interrupted, with what was said', async () => {
    const { begin, begun, job, clock, grow, client } = await asked()
    const first = await begun(job)
    await grow(first.run, 0, 'half')
    clock.pass(leaseMs)
    const second = await begun(job)
    await grow(second.run, 0, 'half again')
    clock.pass(leaseMs)
    client.forget()
    expect(await begin(job)).toStrictEqual({ state: 'over' })
    const message = { text: 'half again', ended: 'interrupted' }
    expect(client.heard).toMatchObject([{ type: 'message', rev: 4, message }])
    expect(client.heard[0]).not.toMatchObject({ message: { streaming: true } })
    expect(await begin(job)).toStrictEqual({ state: 'over' })
  })
})

describe('a sign of life', () => {
  test('keeps a reply from being taken up', async () => {
    const { begin, begun, job, id, clock, chat } = await asked()
    const { run } = await begun(job)
    const keep = (of: number) =>
      chat.execute(service(assistantId), { action: 'keep-reply', room: general, id, run: of })
    for (let sign = 0; sign < 4; sign += 1) {
      clock.pass(leaseMs - 1_000)
      expect(await keep(run)).toBeNull()
    }
    expect(await begin(job)).toStrictEqual({ state: 'busy', until: clock.iso(leaseMs) })
    expect(await keep(run + 1)).toStrictEqual(refusal('conflict'))
  })

  test('is refused when the reply has ended, or was deleted', async () => {
    const { begun, job, id, end, chat, client, ada, ports } = await asked()
    const { run } = await begun(job)
    const keep = () => chat.execute(service(assistantId), { action: 'keep-reply', room: general, id, run })
    await ports.store.changeMemberRole(general, ada.id, 'admin')
    expect(await keep()).toBeNull()
    await client.say({ action: 'delete', room: general, id })
    expect(await keep()).toStrictEqual(refusal('conflict'))
    expect(await end(run)).toStrictEqual(refusal('conflict'))
  })
})

describe('nothing is begun', () => {
  test('for a prompt that was deleted, or never was', async () => {
    const { begin, job, client, reply } = await asked()
    expect(await begin({ ...job, prompt: messageId(9) })).toStrictEqual({ state: 'over' })
    await client.say({ action: 'delete', room: general, id: messageId(1) })
    expect(await begin(job)).toStrictEqual({ state: 'over' })
    expect(await reply()).toBeUndefined()
  })

  test('for an asker who is banned, or has left a private room', async () => {
    const { chat, job, ports, ada, begin } = await asked()
    const begins = (room: typeof general) =>
      chat.execute(service(assistantId), { action: 'begin-reply', room, prompt: messageId(1), asker: ada.id })
    await ports.store.createRoom(facts('den', { kind: 'private' }), [membership('den', 0, { user: ada.id })])
    await chat.execute(ada.actor, { action: 'send', room: roomId('den'), id: messageId(1), text: '@assistant hi' })
    await ports.store.removeMember(roomId('den'), ada.id)
    expect(await begins(roomId('den'))).toStrictEqual(refusal('not_found'))
    expect(await begins(roomId('nowhere'))).toStrictEqual(refusal('not_found'))
    await ports.store.changeUser(ada.id, { banned: true })
    await expect(begin(job)).rejects.toThrow('forbidden')
  })

  test('by a bot that is banned', async () => {
    const { begin, job, ports } = await asked()
    await ports.store.changeUser(assistantId, { banned: true })
    await expect(begin(job)).rejects.toThrow('forbidden')
  })

  test('of a making that there is not: one that was asked for again and then deleted', async () => {
    const { begin, job } = await asked()
    expect(await begin({ ...job, run: 4 })).toStrictEqual({ state: 'over' })
  })

  test('by people, whoever they are', async () => {
    const { chat, owner, job, id } = await asked()
    const begin = { action: 'begin-reply', room: general, prompt: job.prompt, asker: job.asker } as const
    expect(await chat.execute(owner.actor, begin)).toStrictEqual(refusal('forbidden'))
    expect(await chat.execute({ kind: 'system' }, begin)).toStrictEqual(refusal('forbidden'))
    const keep = { action: 'keep-reply', room: general, id, run: 1 } as const
    expect(await chat.execute(owner.actor, keep)).toStrictEqual(refusal('forbidden'))
  })
})
