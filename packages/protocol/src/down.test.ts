import { expect, test } from 'vitest'
import { validDown } from '../fixtures/read.ts'
import { DownFrame, downFrames } from './down.ts'

test('there is an example of every frame that a server may send', () => {
  expect([...new Set(validDown.map(({ frame }) => frame.type))].sort()).toEqual(Object.keys(downFrames).sort())
})

test.each(validDown)('a client takes $frame.type: $note', ({ frame }) => {
  const taken = DownFrame.parse(frame)
  expect(frame).toMatchObject(taken)
})

const optional = new Set([
  ...['welcome', 'message', 'synced', 'page', 'room', 'members', 'error'].map((type) => `${type}.ref`),
  'pong.revs',
  'left.because',
  'note.streaming',
])

test('a frame that lacks a field is taken only if that field is optional', () => {
  for (const { frame } of validDown) {
    for (const field of Object.keys(frame)) {
      const { [field]: _, ...rest } = frame
      const name = `${frame.type}.${field}`
      expect(DownFrame.safeParse(rest).success, name).toBe(optional.has(name))
    }
  }
})
