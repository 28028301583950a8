import { expect, test } from 'vitest'
import { roomLog } from './room-log.ts'

const at = (number: number): string => new Date(number).toISOString()

test('numbers that are of no use any more are let go, and no other', () => {
  const log = roomLog()
  for (let seq = 1; seq <= 20_000; seq += 2) expect(log.add({ seq, rev: seq + 1, at: at(seq) })).toBeUndefined()
  expect(log.add({ seq: 20_001, rev: 50_000, at: at(20_001) })).toBeUndefined()
  for (let seq = 20_002; seq <= 40_000; seq += 2) expect(log.add({ seq, rev: seq + 1, at: at(seq) })).toBeUndefined()
  expect(log.rev()).toBe(50_000)
  expect(log.add({ seq: 40_002, rev: 50_000, at: at(40_002) })).toBe('rev: 50000 is the rev of another message')
  expect(log.add({ seq: 50_000, rev: 50_001, at: at(50_000) })).toBe('seq: 50000 is the rev of another message')
})
