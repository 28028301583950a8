import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyRun, extend, joined } from './run.ts'

const frames = ['a', 'bc', 'def', 'ghij'].map((text) => Buffer.from(text))

test('a run is all its frames in order', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(frames.length - 1), { minLength: 1 }), { minLength: 1 }), (sockets) => {
      const start = emptyRun()
      const runs = sockets.map((sent) => sent.reduce((run, index) => extend(run, frames[index] as Buffer), start))
      for (const [socket, sent] of sockets.entries()) {
        const bytes = joined(runs[socket] as typeof start).toString()
        expect(bytes).toBe(sent.map((index) => String(frames[index])).join(''))
      }
    }),
  )
})

test('sockets that are sent the same frames one after another share the joined bytes', () => {
  const start = emptyRun()
  const [first, second] = frames as [Buffer, Buffer]
  let runs = Array.from({ length: 100 }, () => start)
  for (const frame of [first, second]) runs = runs.map((run) => extend(run, frame))
  expect(new Set(runs).size).toBe(1)
  expect(new Set(runs.map(joined)).size).toBe(1)
})
