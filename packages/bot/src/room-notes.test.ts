import type { MessageId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { ModelFailure } from './failure.ts'
import { type BotWorld, botWorld, general } from './testing/bot-world.ts'
import type { HandCall } from './testing/hand-model.ts'

/** A room in which much was said, whose model holds little. */
const talkative = async () => {
  const world = await botWorld({ named: { contextTokens: 1_200 } })
  const ids: MessageId[] = []
  for (let line = 0; line < 30; line += 1) ids.push(await world.say(`line ${line} ${'word '.repeat(15)}`))
  return { ...world, ids }
}

const isForNotes = ({ request }: HandCall): boolean =>
  request.messages[0]?.text.startsWith('You keep the notes') === true

/** Asks the bot; gives what was asked for notes, if that was asked, and what was asked for the reply. */
const askOnce = async (world: BotWorld, notes = 'They counted lines.') => {
  const { call, worked } = await world.begin('@assistant well?')
  const number = world.model.calls.indexOf(call)
  if (isForNotes(call)) {
    call.say(notes)
    call.end('stop', { tokensIn: 100, tokensOut: 20 })
  }
  const reply = isForNotes(call) ? await world.model.call(number + 1) : call
  reply.say('Fine.')
  reply.end('stop', { tokensIn: 10, tokensOut: 2 })
  await worked
  return { asked: isForNotes(call) ? call : undefined, reply }
}

const kept = ({ ports }: BotWorld) => ports.store.summary(general)

describe('notes about the older part of a room', () => {
  test('are not made where everything fits', async () => {
    const world = await botWorld()
    await world.say('hello')
    expect((await askOnce(world)).asked).toBeUndefined()
    expect(await kept(world)).toBeUndefined()
  })

  test('are made of what found no place, told to the model, and kept', async () => {
    const world = await talkative()
    const { asked, reply } = await askOnce(world)
    expect(asked?.prompt).toContain('Ada: line 0 ')
    const told = reply.request.messages.map(({ text }) => text)
    expect(told[1]).toBe('[What was said before, in short, as you noted it]\n  They counted lines.')
    expect(told.join()).not.toContain('line 0 ')
    expect(told.join()).toContain('line 29')
    const notes = await kept(world)
    expect(notes).toMatchObject({ text: 'They counted lines.' })
    expect(notes?.seq).toBeGreaterThan(1)
  })

  test('are made anew from the old ones and what came since', async () => {
    const world = await talkative()
    await askOnce(world, 'The first notes.')
    const before = await kept(world)
    for (let line = 0; line < 30; line += 1) await world.say(`more ${line} ${'word '.repeat(15)}`)
    const { asked } = await askOnce(world, 'The second notes.')
    expect(asked?.prompt).toContain('[Notes so far]\n  The first notes.')
    expect(asked?.prompt).not.toContain('line 0 ')
    const after = await kept(world)
    expect(after?.text).toBe('The second notes.')
    expect(after?.seq).toBeGreaterThan(before?.seq ?? 0)
  })

  test.each(['edit', 'delete'] as const)('are forgotten when what they tell of is changed: %s', async (action) => {
    const world = await talkative()
    await askOnce(world, 'They said a secret.')
    const id = world.ids[0] as MessageId
    const change = { room: general, id }
    await world.chat.execute(
      world.ada.actor,
      action === 'edit' ? { action, ...change, text: 'nothing' } : { action, ...change },
    )
    const { asked, reply } = await askOnce(world, 'New notes.')
    expect(asked?.prompt).not.toContain('They said a secret.')
    expect(asked?.prompt).not.toContain('line 0 ')
    expect(JSON.stringify(reply.request)).not.toContain('They said a secret.')
    expect(await kept(world)).toMatchObject({ text: 'New notes.' })
  })

  test('stay when something is changed that they do not tell of', async () => {
    const world = await talkative()
    await askOnce(world, 'The notes.')
    const id = world.ids.at(-1) as MessageId
    await world.chat.execute(world.ada.actor, { action: 'edit', room: general, id, text: 'another last line' })
    await world.chat.execute(world.ada.actor, {
      action: 'react',
      room: general,
      id: world.ids[0] as MessageId,
      emoji: '👍',
      on: true,
    })
    const { reply } = await askOnce(world)
    expect(JSON.stringify(reply.request)).toContain('The notes.')
  })

  test('that cannot be made are no reason not to answer', async () => {
    const world = await talkative()
    const { call, worked } = await world.begin('@assistant well?')
    expect(isForNotes(call)).toBe(true)
    call.fail(new ModelFailure('too_long'))
    const reply = await world.model.call(1)
    reply.say('Fine.')
    reply.end()
    await worked
    expect(await world.latest()).toMatchObject({ text: 'Fine.', ended: 'done' })
    expect(await kept(world)).toBeUndefined()
  })

  test('are given up when the reply is stopped, and nothing else is asked', async () => {
    const world = await talkative()
    const { call, worked } = await world.begin('@assistant well?')
    const { id } = await world.latest()
    await world.chat.execute(world.ada.actor, { action: 'stop', room: general, id })
    await world.pass(1_000)
    expect(call.signal.aborted).toBe(true)
    expect(await worked).toBe('done')
    expect(world.model.calls).toHaveLength(1)
    expect(await kept(world)).toBeUndefined()
    expect(await world.latest()).toMatchObject({ text: '', ended: 'stopped' })
  })

  test('are paid for like the reply', async () => {
    const world = await talkative()
    await askOnce(world)
    const used = await world.ports.ledger.ofMessage(general, (await world.latest()).id)
    expect(used.map(({ tokensIn, tokensOut, estimated }) => [tokensIn, tokensOut, estimated])).toEqual([
      [100, 20, false],
      [10, 2, false],
    ])
  })
})
