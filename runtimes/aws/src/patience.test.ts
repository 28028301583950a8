import { expect, test } from 'vitest'
import { patience } from './patience.ts'

const minute = 60_000
const { heartbeatMs, leaseMs, silentLeaseMs } = patience

test('a client that pings is not silent for as long as API Gateway waits, nor loses its lease by one lost ping', () => {
  expect(heartbeatMs).toBeLessThan(10 * minute)
  expect(leaseMs).toBeGreaterThan(2 * heartbeatMs)
})

test('[P3] a dead connection is found out within four times the heartbeat, by a look each minute', () => {
  expect(leaseMs + minute).toBeLessThanOrEqual(4 * heartbeatMs)
})

test('a client that never pings keeps its lease for as long as API Gateway lets any socket live', () => {
  expect(silentLeaseMs).toBeGreaterThan(120 * minute)
})
