import { describe, expect, test } from 'vitest'
import { botStage } from './testing/bot-stage.ts'

const setUp = async () => {
  const stage = await botStage()
  const reply = stage.bot.reply('general', { replyTo: stage.prompt })
  await stage.clock.pass(500)
  return { ...stage, reply }
}

describe('a reply', () => {
  test('is seen growing in at most ten frames a second, and ends', async () => {
    const { clock, ada, reply, prompt, shown } = await setUp()
    expect(shown()).toMatchObject({ text: '', streaming: true, replyTo: prompt, from: { kind: 'bot' } })
    const seen: string[] = []
    ada.on('grown', ({ message, at }) => seen.push(message.text.slice(at)))
    for (let number = 0; number < 100; number += 1) {
      reply.write(`${number} `)
      await clock.pass(20)
    }
    const ended = reply.end()
    await clock.pass(500)
    const text = Array.from({ length: 100 }, (_, number) => `${number} `).join('')
    expect(seen.join('')).toBe(text)
    expect(seen.length).toBeGreaterThan(5)
    expect(seen.length).toBeLessThanOrEqual(21)
    await expect(ended).resolves.toMatchObject({ id: reply.id, text, ended: 'done' })
    expect(shown()).toEqual(await ended)
    expect(reply.signal.aborted).toBe(false)
    reply.write('late')
    await expect(reply.end('failed')).resolves.toBe(await ended)
  })

  test('goes on where the server has it, whatever becomes of connections and of the server', async () => {
    const { clock, network, server, reply, stored, shown } = await setUp()
    const troubles = [
      () => network.cut('bot', false),
      () => network.freeze('bot'),
      () => server.restart(8_000, false),
      () => network.cut(undefined, true),
    ]
    let text = ''
    for (const trouble of troubles) {
      for (const more of ['one ', 'two ', 'three ']) {
        text += more
        reply.write(more)
        await clock.pass(70)
        if (more === 'two ') trouble()
      }
      await clock.pass(12_000)
    }
    const ended = reply.end('done')
    await clock.pass(30_000)
    await expect(ended).resolves.toMatchObject({ text, ended: 'done' })
    expect(await stored()).toEqual(await ended)
    expect(shown()).toEqual(await ended)
  })

  test('that somebody stops tells so at once, and is kept as it was', async () => {
    const { clock, ada, bot, people, reply, shown } = await setUp()
    reply.write('I am ')
    await clock.pass(500)
    for (const { state } of [ada, bot]) {
      expect(state.rooms.get('general')?.window.messages.at(-1)).toMatchObject({ text: 'I am ', streaming: true })
    }
    ada.stopReply('general', reply.id)
    await clock.pass(500)
    expect(shown()).toMatchObject({ ended: 'stopped' })
    expect(reply.signal.aborted).toBe(true)
    expect(reply.signal.reason).toMatchObject({ code: 'conflict', message: expect.stringMatching(/stopped/) })
    reply.write('nobody')
    await expect(reply.end()).resolves.toMatchObject({ text: 'I am ', ended: 'stopped', endedBy: people.ada.id })
  })

  test('that was stopped while its maker was away tells so when it is back', async () => {
    const { clock, chat, network, people, reply } = await setUp()
    network.cut('bot', true)
    await chat.chat.execute(people.ada.actor, { action: 'stop', room: 'general' as never, id: reply.id })
    reply.write('too late')
    await clock.pass(20_000)
    expect(reply.signal.reason).toMatchObject({ message: expect.stringMatching(/stopped/) })
    await expect(reply.end()).resolves.toMatchObject({ text: '', ended: 'stopped' })
  })

  test('that somebody deletes tells so', async () => {
    const { clock, chat, reply } = await setUp()
    const admin = await chat.person('Zoe', { role: 'admin' })
    await chat.chat.execute(admin.actor, { action: 'delete', room: 'general' as never, id: reply.id })
    await clock.pass(500)
    expect(reply.signal.reason).toMatchObject({ message: expect.stringMatching(/deleted/) })
  })

  test('that is silent for long is kept alive; one whose maker is gone is not', async () => {
    const { clock, bot, reply, shown } = await setUp()
    await clock.pass(3 * 60_000)
    expect(shown()).toMatchObject({ streaming: true })
    bot.stop()
    await expect(reply.end()).rejects.toMatchObject({ code: 'stopped' })
    expect(reply.signal.aborted).toBe(true)
    await clock.pass(2 * 60_000)
    expect(shown()).toMatchObject({ ended: 'interrupted' })
  })

  test('that is longer than may be is cut off, and its maker told', async () => {
    const { clock, reply, shown } = await setUp()
    for (let number = 0; number < 16; number += 1) reply.write('\n가'.repeat(1_000))
    expect(reply.signal.reason).toMatchObject({ code: 'too_large' })
    await clock.pass(3_000)
    await expect(reply.end()).resolves.toMatchObject({ ended: 'length', text: '\n가'.repeat(15_000) })
    expect(shown()).toMatchObject({ ended: 'length' })
  })

  test('is for bots, and for rooms that they are in', async () => {
    const { clock, ada, bot } = await setUp()
    const refused = [ada.reply('general'), bot.reply('nowhere'), bot.reply('general', { replyTo: 'nothing' })]
    await clock.pass(1_000)
    const codes = await Promise.all(refused.map((one) => one.end().catch(({ code }) => code)))
    expect(codes).toEqual(['forbidden', 'not_found', 'bad_request'])
    for (const { signal } of refused) expect(signal.aborted).toBe(true)
  })
})
