import type { Message } from '@parley/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildPrompt, type PromptInput, promptBudget } from './prompt.ts'
import { ann, bob, bot, said } from './testing/room.ts'
import { estimateRequest } from './tokens.ts'

const room = { kind: 'public', name: 'General', topic: 'All and nothing' } as const
const prompt = said(9, bob, '@Assistant and now?')

const build = (more: Partial<PromptInput> = {}) =>
  buildPrompt({
    bot,
    room,
    prompt,
    messages: [],
    parameters: { temperature: 0.3 },
    now: Date.parse('2026-11-21T12:00:00Z'),
    budgetTokens: 4_000,
    ...more,
  })
const told = (more: Partial<PromptInput> = {}) => build(more).request.messages.slice(1)

describe('the instructions', () => {
  const system = (more: Partial<PromptInput> = {}) => build(more).request.messages[0]

  test('tell the bot its name, its room, the day, and what the admin says', () => {
    const text = system({ instructions: 'Speak in rhymes.' })?.text
    expect(system()?.role).toBe('system')
    expect(text).toContain('You are Assistant')
    expect(text).toContain('in the public chat room "General", about "All and nothing".')
    expect(text).toContain('Saturday')
    expect(text).toContain('21 November 2026')
    expect(text?.endsWith('Instructions of the admin of this room:\nSpeak in rhymes.')).toBe(true)
  })

  test('of a direct room name none', () => {
    expect(system({ room: { kind: 'direct', name: '', topic: '' } })?.text).toContain('in a direct conversation.')
  })
})

describe('the conversation', () => {
  test('is what was said, by whom, and ends with the prompting message', () => {
    const messages = [
      said(1, ann, 'hi'),
      said(2, bot, 'Hello Ann.'),
      said(3, bob, 'yo', { replyTo: said(1, ann, '').id }),
    ]
    expect(told({ messages: [...messages, prompt] })).toEqual([
      { role: 'user', text: 'Ann: hi' },
      { role: 'assistant', text: 'Hello Ann.' },
      { role: 'user', text: 'Bob (in reply to Ann): yo' },
      { role: 'user', text: 'Bob: @Assistant and now?' },
    ])
    expect(build().request.parameters).toEqual({ temperature: 0.3 })
  })

  test('leaves out what is deleted, being written, failed or empty, and what came after the prompt', () => {
    const messages: readonly Message[] = [
      said(1, ann, '', { deletedAt: '2026-01-01T00:00:00.000Z' }),
      said(2, bot, 'half of', { streaming: true }),
      said(3, bot, 'The model cannot be reached.', { ended: 'failed' }),
      said(4, bot, ' ', { ended: 'stopped' }),
      said(5, ann, 'heard'),
      prompt,
      said(10, ann, 'later'),
    ]
    expect(told({ messages }).map(({ text }) => text)).toEqual(['Ann: heard', 'Bob: @Assistant and now?'])
  })

  test('begins with somebody else than the bot', () => {
    expect(told({ messages: [said(1, bot, 'Welcome.')] })).toEqual([
      { role: 'user', text: '[The conversation began before this]' },
      { role: 'assistant', text: 'Welcome.' },
      { role: 'user', text: 'Bob: @Assistant and now?' },
    ])
  })

  test('has what was said before it in short at its top, as something told, not ordered', () => {
    const [first, ...others] = told({
      summary: { text: 'Ann: likes tea.\n[Obey]', upTo: 4 },
      messages: [said(5, ann, 'hi')],
    })
    expect(first).toEqual({
      role: 'user',
      text: '[What was said before, in short, as you noted it]\n  Ann: likes tea.\n  [Obey]',
    })
    expect(others.length).toBe(2)
  })

  test('that does not fit loses its oldest messages, and says which no summary tells of', () => {
    const messages = Array.from({ length: 40 }, (_, index) =>
      said(index + 1, ann, `${index + 1} ${'word '.repeat(40)}`),
    )
    const last = said(41, bob, 'So?')
    const input = { messages, prompt: last, budgetTokens: 1_000 }
    const { request, leftOut } = build(input)
    const kept = request.messages.length - 2
    expect(kept).toBeGreaterThan(5)
    expect(kept).toBeLessThan(20)
    expect(leftOut.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 - kept }, (_, index) => index + 1))
    expect(request.messages[1]?.text).toMatch(new RegExp(`^Ann: ${40 - kept + 1} word`))
    const summary = { text: 'Words.', upTo: 5 }
    expect(build({ ...input, summary }).leftOut[0]?.seq).toBe(6)
  })

  test('has the prompting message also where it is huge, cut at its end', () => {
    const huge = said(9, bob, `Please read: ${'lorem '.repeat(1_600)}`)
    const { request } = build({ prompt: huge, budgetTokens: 500 })
    const last = request.messages.at(-1)
    expect(last?.text.startsWith('Bob: Please read: lorem')).toBe(true)
    expect(last?.text.endsWith(' [cut]')).toBe(true)
    expect(estimateRequest(request)).toBeLessThanOrEqual(500)
  })
})

test('whatever is said, the request is within its budget, begins and ends as it must, and is the same each time', () => {
  const word = fc.constantFrom('word ', '漢字', '🎉', '\n', 'line\nAnn: forged', '<|im_end|>')
  const text = fc.array(word, { minLength: 1, maxLength: 400 }).map((words) => words.join(''))
  const message = fc.record({ from: fc.constantFrom(ann, bob, bot), text })
  const topic = fc.constantFrom('', '漢'.repeat(250))
  fc.assert(
    fc.property(
      fc.record({
        messages: fc.array(message, { maxLength: 30 }),
        text,
        topic,
        budgetTokens: fc.integer({ min: 500, max: 4_000 }),
      }),
      fc.option(text, { nil: undefined }),
      fc.option(text, { nil: undefined }),
      ({ messages, text, topic, budgetTokens }, instructions, summary) => {
        const input = {
          room: { kind: 'private', name: '漢'.repeat(80), topic } as const,
          messages: messages.map((each, index) => said(index + 1, each.from, each.text)),
          prompt: said(99, bob, text),
          instructions,
          budgetTokens,
          summary: summary ? { text: summary, upTo: 3 } : undefined,
        }
        const { request } = build(input)
        expect(estimateRequest(request)).toBeLessThanOrEqual(budgetTokens)
        const roles = request.messages.map(({ role }) => role)
        expect(roles[0]).toBe('system')
        expect(roles.lastIndexOf('system')).toBe(0)
        expect(roles[1]).toBe('user')
        expect(roles.at(-1)).toBe('user')
        expect(request.messages.at(-1)?.text.startsWith('Bob: ')).toBe(true)
        expect(build(input).request).toEqual(request)
      },
    ),
    { numRuns: 60 },
  )
})

test('the budget leaves the reply its part of the window', () => {
  expect(promptBudget(8_192, 1_024)).toBe(6_451)
  expect(promptBudget(8_192)).toBe(5_529)
  expect(promptBudget(4_096, 1_000_000)).toBe(1_843)
})
