import { type Action, upFrames } from '@parley/protocol'

/**
 * How long it takes to understand a frame: `JSON.parse`, and `JSON.parse` with the check of its schema.
 * Prints the median and the spread of rounds, in microseconds of processor time a frame. Run it by `node bench/decode.ts`.
 */

const id = '8f14e45f-ceea-467f-a0e6-1d2b3c4d5e6f'
const sentence = 'The quick brown fox jumps over the lazy dog, and the dog does not mind at all. '
const frames: Readonly<Record<string, object>> = {
  'send, 200 letters': { action: 'send', ref: '17', room: 'general', id, text: sentence.repeat(3).slice(0, 200) },
  'send, 10,000 letters': {
    action: 'send',
    ref: '17',
    room: 'general',
    id,
    text: sentence.repeat(130).slice(0, 10_000),
  },
  'send, 200 ideographs': { action: 'send', ref: '17', room: 'general', id, text: '\u6587\u5b57'.repeat(100) },
  react: { action: 'react', ref: '17', room: 'general', id, emoji: '\u{1f44d}', on: true },
  sync: { action: 'sync', ref: '17', room: 'general', since: 1234, limit: 50 },
  'ping, 10 rooms': { action: 'ping', ref: '17', rooms: Array.from({ length: 10 }, (_, index) => `room-${index}`) },
  rename: { action: 'rename', ref: '17', name: 'Ada Lovelace' },
}

const framesPerRound = 20_000
const rounds = 15
const warmUpRounds = 3

const parse = (text: string): unknown => JSON.parse(text)
const decode = (text: string): unknown => {
  const frame: { action: Action } = JSON.parse(text)
  return upFrames[frame.action].parse(frame)
}

/** Microseconds for one call, in each round. */
const measure = (work: (text: string) => unknown, text: string): readonly number[] => {
  const times: number[] = []
  for (let round = 0; round < warmUpRounds + rounds; round += 1) {
    const began = process.cpuUsage()
    for (let count = 0; count < framesPerRound; count += 1) work(text)
    const { user, system } = process.cpuUsage(began)
    if (round >= warmUpRounds) times.push((user + system) / framesPerRound)
  }
  return times.sort((a, b) => a - b)
}

const figures = (times: readonly number[]): string =>
  [Math.floor(times.length / 2), 0, times.length - 1]
    .map((place) => (times[place] ?? 0).toFixed(2).padStart(7))
    .join('')

console.log(
  `node ${process.version}, ${rounds} rounds of ${framesPerRound} frames; microseconds of CPU a frame: median, lowest, highest`,
)
for (const [name, frame] of Object.entries(frames)) {
  const text = JSON.stringify(frame)
  console.log(
    `${name.padEnd(22)} ${String(Buffer.byteLength(text)).padStart(6)} bytes   parse ${figures(measure(parse, text))}` +
      `   parse and check ${figures(measure(decode, text))}`,
  )
}
