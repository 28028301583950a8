import { assistantId, type Job } from '@parley/core'
import type { RoomId, UserId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { botWorld, general, notStopped } from './testing/bot-world.ts'

describe('a prompt', () => {
  test('[U1] is answered by one message that grows and ends', async () => {
    const world = await botWorld()
    const { prompt, call, worked } = await world.begin('Hi @Assistant!')
    const [, begun] = await world.messages()
    expect(begun).toMatchObject({ from: { id: assistantId, kind: 'bot' }, streaming: true, text: '', replyTo: prompt })
    call.say('Hello')
    await world.pass(100)
    expect(await world.latest()).toMatchObject({ text: 'Hello', streaming: true })
    call.say(' there')
    call.end()
    expect(await worked).toBe('done')
    const [, ended] = await world.messages()
    expect(ended).toMatchObject({ id: begun?.id, text: 'Hello there', ended: 'done', rev: (begun?.rev ?? 0) + 1 })
    expect(ended).not.toHaveProperty('streaming')
  })

  test('[U1] has one answer, however often it is sent and its job comes', async () => {
    const world = await botWorld()
    const { prompt, job, call, worked } = await world.begin('@assistant once')
    await world.say('@assistant once', { id: prompt })
    expect(world.jobs.kept).toEqual([job, job])
    call.say('Once.')
    call.end()
    await worked
    expect(await world.bot.work(job, notStopped())).toBe('done')
    expect(await world.messages()).toHaveLength(2)
    expect(world.model.calls).toHaveLength(1)
  })

  test('[U1] whose job two workers have at the same time is answered once; the other is told until when', async () => {
    const world = await botWorld()
    await world.say('@assistant hi')
    const works = [0, 1].map(() => world.bot.work(world.job(), notStopped()))
    const call = await world.model.call(0)
    expect(await Promise.race(works)).toEqual({ until: world.clock.iso(20_000) })
    call.say('Hi.')
    call.end()
    const all = await Promise.all(works)
    expect(all.filter((one) => one === 'done')).toHaveLength(1)
    expect(world.model.calls).toHaveLength(1)
    expect((await world.messages()).map(({ text }) => text)).toEqual(['@assistant hi', 'Hi.'])
  })

  test('that was deleted before its turn comes is not answered', async () => {
    const world = await botWorld()
    const id = await world.say('@assistant never mind')
    await world.chat.execute(world.ada.actor, { action: 'delete', room: general, id })
    expect(await world.bot.work(world.job(), notStopped())).toBe('done')
    expect(world.model.calls).toEqual([])
    expect(await world.messages()).toHaveLength(1)
  })

  test('of somebody who may read the room no more is not answered', async () => {
    const world = await botWorld()
    const den = 'den' as RoomId
    const bo = await world.person('Bo')
    await world.chat.execute(world.ada.actor, { action: 'create', room: den, kind: 'private' })
    await world.chat.execute(world.ada.actor, { action: 'invite', room: den, user: bo.id })
    await world.say('@assistant what is the secret?', { by: bo, room: den })
    await world.chat.execute(world.ada.actor, { action: 'remove', room: den, user: bo.id })
    expect(await world.bot.work(world.job(), notStopped())).toBe('done')
    expect(world.model.calls).toEqual([])
    expect(await world.messages(world.ada, den)).toHaveLength(1)
  })
})

describe('bots among themselves', () => {
  const two = async () => {
    const world = await botWorld()
    const made = await world.chat.execute({ kind: 'system' }, { action: 'add-bot', name: 'Echo', runs: 'here' })
    if (!('id' in (made as object))) throw new Error('no bot was made')
    return { ...world, echo: (made as { id: UserId }).id }
  }

  test('[U4] one that is named by another does not answer', async () => {
    const world = await two()
    await world.answered('@assistant ask the other one', '@Echo what do you think?')
    expect(world.jobs.kept).toHaveLength(1)
  })

  test('[U4] where it is set it answers, by its own message, in rooms too that neither is a member of', async () => {
    const world = await two()
    const den = 'den' as RoomId
    await world.chat.execute(world.ada.actor, { action: 'create', room: den, kind: 'private' })
    await world.chat.execute(world.ada.actor, { action: 'set', room: den, bot: { answersBots: true } })
    const { id } = await world.answered('@assistant ask the other one', '@Echo what do you think? @assistant', {
      room: den,
    })
    expect(world.jobs.kept).toHaveLength(2)
    const asked = world.job() as Extract<Job, { kind: 'reply' }>
    expect(asked).toMatchObject({ bot: world.echo, prompt: id, asker: assistantId })
    const worked = world.bot.work(asked, notStopped())
    const call = await world.model.call(1)
    call.say('Nothing.')
    call.end()
    expect(await worked).toBe('done')
    expect((await world.messages(world.ada, den)).at(-1)).toMatchObject({
      text: 'Nothing.',
      replyTo: id,
      from: { id: world.echo },
    })
    expect(world.jobs.kept).toHaveLength(2)
  })

  test('[U4] never answers itself', async () => {
    const world = await two()
    await world.chat.execute(world.ada.actor, { action: 'create', room: 'loop' as RoomId, kind: 'public' })
    const bot = { answersBots: true, speaks: 'always' } as const
    await world.chat.execute(world.ada.actor, { action: 'set', room: 'loop' as RoomId, bot })
    await world.answered('speak to yourself', 'I say to @assistant: well done.', { room: 'loop' as RoomId })
    expect(world.jobs.kept).toHaveLength(1)
  })
})
