import { expect, test } from 'vitest'
import { inPieces } from './in-pieces.ts'
import { natsFraming } from './nats.ts'
import { numberHole } from './numbers.ts'

const down = (text: string): string => `MSG general 1 ${Buffer.byteLength(text)}\r\n${text}\r\n`

test('messages and lines are taken whatever pieces they come in', () => {
  const texts = ['seven.', 'two\r\nlines', 'MSG general 1 1\r\n?\r\n', 'Grüße', 'x'.repeat(1_234)]
  const stream = Buffer.from(`INFO {"proto":1}\r\nPONG\r\n${texts.map(down).join('')}PING\r\n`)
  const expected = ['INFO {"proto":1}', 'PONG', ...texts, 'PING']
  for (const size of [1, 2, 3, 5, 7, 16, 64, 333, stream.length])
    expect(inPieces(natsFraming, stream, size)).toEqual({ texts: expected, sent: Buffer.of() })
})

test('what is published has its size before it and its number in it', () => {
  expect(natsFraming.numbered(`@${numberHole} é`)(42).toString()).toBe('PUB general 14\r\n@0000000042 é\r\n')
})
