import { describe, expect, test } from 'vitest'
import { readPrompt } from './prompt-frame.ts'

const read = (payload: object) => readPrompt({ action: 'sendprompt', payload: { msgid: 'id-1', ...payload } })

describe('a prompt', () => {
  test('is what stands behind the last newline', () => {
    expect(read({ prompt: 'first answer \nsecond' })).toMatchObject({ text: 'second', asChat: false })
    expect(read({ prompt: 'only one' })).toMatchObject({ text: 'only one' })
    expect(read({ prompt: 'first\nsecond\n' })).toMatchObject({ text: 'second' })
  })

  test('is the last message of the user in the later form', () => {
    const messages = [
      { role: 'user', content: 'first' },
      { role: 'user', content: 'second' },
      { role: 'assistant', content: 'answer' },
      'nothing',
    ]
    expect(read({ messages })).toMatchObject({ text: 'second', asChat: true })
  })

  test.each([
    [{}],
    [{ prompt: '' }],
    [{ prompt: '  \n ' }],
    [{ prompt: 7 }],
    [{ messages: [] }],
    [{ messages: [{ role: 'assistant', content: 'a' }] }],
    [{ prompt: 'a', msgid: 7 }],
    [{ prompt: 'a', msgid: 'x'.repeat(201) }],
  ])('%j is none', (payload) => {
    expect(read(payload)).toBeUndefined()
  })

  test('that is too long tells what its refusal needs', () => {
    expect(read({ prompt: 'x'.repeat(10_001) })).toEqual({ msgid: 'id-1', asChat: false })
  })

  test('has six parameters, checked and clamped, and nothing else', () => {
    const params = {
      frequency_penalty: 0.5,
      max_tokens: 2000,
      presence_penalty: 0.1,
      temperature: 0,
      top_p: 1,
      model_name: 'text-davinci-003',
    }
    expect(read({ prompt: 'a', params })).toEqual({
      msgid: 'id-1',
      text: 'a',
      asChat: false,
      model: 'text-davinci-003',
      parameters: { frequencyPenalty: 0.5, maxTokens: 2000, presencePenalty: 0.1, temperature: 0, topP: 1 },
    })
    const wild = { frequency_penalty: -9, max_tokens: 0.2, presence_penalty: 9, temperature: '0', top_p: null, n: 100 }
    expect(read({ prompt: 'a', params: wild })).toMatchObject({
      parameters: { frequencyPenalty: -2, maxTokens: 1, presencePenalty: 2 },
    })
    expect(read({ prompt: 'a', params: [] })).toMatchObject({ parameters: {} })
    expect(read({ prompt: 'a', params: { model_name: 'x'.repeat(81) } })).not.toHaveProperty('model')
  })
})
