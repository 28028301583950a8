import { expect, test } from 'vitest'
import type { Measured } from './load/room.ts'
import { picture } from './picture.ts'

const measured = (deliveriesPerSecond: number): Measured => ({
  deliveriesPerSecond,
  messagesPerSecond: 1,
  answer: { p50: 1, p99: 2, samples: 10 },
  delivery: { p50: 1, p99: 2, samples: 10 },
  missing: 0,
})

test('bars are as long as the middle of what was measured, and cells that were not measured are left out', () => {
  const svg = picture(
    new Map([
      [
        '100, 2',
        new Map([
          ['Socket.IO', [measured(1), measured(50_000), measured(9e9)]],
          ['Parley', [measured(100_000)]],
        ]),
      ],
    ]),
    ['100, 2', '1000, 32'],
  )
  const widths = [...svg.matchAll(/<rect [^>]*width="(\d+)"/g)].map(([, width]) => Number(width))
  expect(widths).toEqual([280, 560])
  expect(svg).toContain('>50 k<')
  expect(svg).toContain('100 receivers, 2 messages under way')
  expect(svg).not.toContain('1000 receivers')
})
