import { describe, expect, test } from 'vitest'
import { invalidUp, validUp } from '../fixtures/read.ts'
import { limits } from './limits.ts'
import { type Action, actions, upFrames } from './up.ts'

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const actionOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, 'action')
    ? (value as { action: unknown }).action
    : undefined

const isAction = (action: unknown): action is Action => typeof action === 'string' && Object.hasOwn(upFrames, action)

const refused = invalidUp.map((fixture) => ({ ...fixture, action: actionOf(parsed(fixture.text)) }))

test('there is a valid and an invalid example of every action', () => {
  const known = Object.keys(actions).sort()
  expect([...new Set(validUp.map(({ frame }) => frame.action))].sort()).toEqual(known)
  expect([...new Set(refused.map(({ action }) => action).filter(isAction))].sort()).toEqual(known)
})

describe('what a client may say', () => {
  test.each(validUp)('$frame.action: $note', ({ frame, becomes = frame }) => {
    expect(upFrames[frame.action as Action].parse(frame)).toEqual(becomes)
  })

  test.each(refused.filter(({ action }) => isAction(action)))(
    '[F6][F7] not $action: $note',
    ({ text, code, action }) => {
      const result = upFrames[action as Action].safeParse(parsed(text))
      expect(result.error?.issues.length).toBeGreaterThan(0)
      expect(result.error?.issues[0]?.message === 'too_large').toBe(code === 'too_large')
    },
  )

  test('[F5] unknown_action is expected exactly of strings that are no action', () => {
    const unknown = refused.filter(({ action }) => typeof action === 'string' && !isAction(action))
    expect(unknown.length).toBeGreaterThan(5)
    expect(new Set(unknown.map(({ code }) => code))).toEqual(new Set(['unknown_action']))
    const others = refused.filter(({ action }) => typeof action !== 'string')
    expect(new Set(others.map(({ code }) => code))).toEqual(new Set(['bad_request']))
  })

  test('[F8] an error is expected to carry the ref where that is valid', () => {
    for (const { text, ref } of refused) {
      const value = parsed(text)
      const sent = typeof value === 'object' && value !== null && 'ref' in value ? value.ref : undefined
      expect(ref).toBe(typeof sent === 'string' && sent.length <= limits.refUnits ? sent : undefined)
    }
  })
})
