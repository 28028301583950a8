import { describe, expect, test } from 'vitest'
import { inPieces } from './in-pieces.ts'
import { mqttFraming, mqttHello, opened, subscribed } from './mqtt.ts'
import { numberHole } from './numbers.ts'

const connack = '20020000'
const suback = '9003000101'
const puback = '40020007'

const texts = ['', 'short', 'x'.repeat(118), 'y'.repeat(119), 'z'.repeat(16_400)]
const up = (quality: 0 | 1): Buffer =>
  Buffer.concat(texts.map((text, at) => mqttFraming(quality).numbered(text)(at + 0x1fe)))

describe('MQTT', () => {
  test('opens a clean session of 3.1.1 and subscribes', () => {
    expect(mqttHello(1).toString('hex')).toBe(
      ['100c00044d51545404020000', '0000', '820c0001', '000767656e6572616c', '01'].join(''),
    )
  })

  test('texts and other packets are taken whatever pieces they come in', () => {
    const stream = Buffer.concat([Buffer.from(connack + suback + puback, 'hex'), up(0)])
    for (const size of [1, 2, 3, 7, 64, 333, stream.length]) {
      const { texts: found, sent } = inPieces(mqttFraming(0), stream, size)
      expect(found).toEqual([opened, subscribed(1), ...texts])
      expect(sent).toHaveLength(0)
    }
  })

  test('every text of quality 1 is acknowledged by its id, once', () => {
    for (const size of [1, 64, 5_000]) {
      const { texts: found, sent } = inPieces(mqttFraming(1), up(1), size)
      expect(found).toEqual(texts)
      expect(sent.toString('hex')).toBe('400201ff400202004002020140020202' + '40020203')
    }
  })

  test('what is published has its size, topic, id and number', () => {
    const frame = mqttFraming(1).numbered(`@${numberHole}`)(42)
    expect(frame.toString('latin1')).toBe('2\x16\0\x07general\0\x2b@0000000042')
  })

  test('no id is 0, whatever the number', () => {
    const message = mqttFraming(1).numbered('')
    const ids = [0xfffe, 0xffff, 0x10000].map((number) => message(number).readUInt16BE(11))
    expect(ids).toEqual([0xffff, 1, 2])
  })
})
