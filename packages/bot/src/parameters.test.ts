import { expect, test } from 'vitest'
import { clamp } from './parameters.ts'

test('what is within the limits stays, and what is not given stays not given', () => {
  expect(clamp({ temperature: 0.7, topP: 0.9 }, { temperature: [0, 1] })).toEqual({ temperature: 0.7, topP: 0.9 })
  expect(clamp({}, { temperature: [0, 1] })).toEqual({})
})

test('what is beyond comes to the nearest end of its range', () => {
  const limits = { temperature: [0.2, 1], maxTokens: 500 } as const
  expect(clamp({ temperature: 2, maxTokens: 9_000 }, limits)).toEqual({ temperature: 1, maxTokens: 500 })
  expect(clamp({ temperature: 0 }, limits).temperature).toBe(0.2)
})

test('a reply is never longer than its limit, also where no length is given', () => {
  expect(clamp({}, { maxTokens: 500 })).toEqual({ maxTokens: 500 })
  expect(clamp({ maxTokens: 0 }, {})).toEqual({ maxTokens: 1 })
})

test('without limits what no provider takes is brought to what they do', () => {
  const wild = { temperature: 9, topP: -1, frequencyPenalty: 5, presencePenalty: -5 }
  expect(clamp(wild, {})).toEqual({ temperature: 2, topP: 0, frequencyPenalty: 2, presencePenalty: -2 })
})
