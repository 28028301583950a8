import { describe, expect, test } from 'vitest'
import { end, header, type Line, read, said, whole, withLine } from '../testing/archive/sample-lines.ts'
import { instant, userId } from '../testing/samples.ts'

test('a file that is as it should be brings its records', async () => {
  expect(await read([...whole, end])).toStrictEqual(whole.slice(1))
})

describe('a line is named by its number, with what is wrong', () => {
  const broken: Record<string, [readonly (Line | string)[], string]> = {
    'no JSON': [withLine(3, '{"type":"user"'), 'line 3: is not JSON'],
    'an empty line': [withLine(3, ''), 'line 3: is not JSON'],
    'no object': [withLine(3, '[1]'), 'line 3: is no JSON object'],
    null: [withLine(3, 'null'), 'line 3: is no JSON object'],
    'an unknown type': [withLine(3, { type: 'planet' }), 'line 3: unknown type "planet"'],
    'a type out of the machine': [withLine(3, { type: 'constructor' }), 'line 3: unknown type "constructor"'],
    'no type': [withLine(3, { type: undefined }), 'line 3: unknown type (none)'],
    'an unknown field': [withLine(3, { colour: 'red' }), 'line 3: unknown field colour'],
    'an unknown field inside': [
      withLine(7, { from: { id: userId(1), name: 'Ana', kind: 'person', age: 3 } }),
      'line 7: unknown field from.age',
    ],
    'a missing field': [withLine(3, { role: undefined }), 'line 3: role: '],
    'a wrong id': [withLine(3, { id: 'bia' }), 'line 3: id: a user id is a UUID in lower case'],
    'a wrong instant': [withLine(3, { createdAt: '2026-02-30T00:00:00.000Z' }), 'line 3: createdAt: Invalid'],
    'an instant without milliseconds': [
      withLine(3, { createdAt: '2026-02-03T00:00:00Z' }),
      'line 3: createdAt: an instant has milliseconds',
    ],
    'a name that the wire would trim': [
      withLine(3, { name: ' Bia' }),
      'line 3: name: has spaces around it, or is not NFC',
    ],
    'a name that the wire refuses': [withLine(3, { name: '#host' }), 'line 3: name: a name does not begin with # or @'],
    'a guest with rights': [withLine(3, { kind: 'guest' }), 'line 3: only guests have the role of a guest'],
    'a bot with a password': [withLine(3, { kind: 'bot', passwordHash: 'x' }), 'line 3: only people have passwords'],
    'no hash': [withLine(3, { passwordHash: 'a b' }), 'line 3: passwordHash: not a hash of a password'],
    'a direct room without people': [
      withLine(4, { kind: 'direct' }),
      'line 4: direct rooms, and no others, say with whom',
    ],
    'a direct room with a name': [
      withLine(4, { kind: 'direct', with: [userId(1)] }),
      'line 4: direct rooms, and no others, have an empty name',
    ],
    'the same person twice': [
      withLine(4, { kind: 'direct', with: [userId(1), userId(1)] }),
      'line 4: with: the same one twice',
    ],
    'a marker below nothing': [withLine(6, { read: -1 }), 'line 6: read: '],
    'a text that is too long': [withLine(7, { text: 'x'.repeat(10_001) }), 'line 7: text: at most 10000 UTF-16 units'],
    'a blank text': [withLine(7, { text: ' ' }), 'line 7: text: a text is not blank'],
    'a control character': [withLine(7, { text: 'a\u0007' }), 'line 7: text: no control characters'],
    'half a character': [
      withLine(7, { text: 'a\ud800' }),
      'line 7: text: no control characters but newline and tab, no lone',
    ],
    'a deleted message with a text': [withLine(7, { deletedAt: instant(50) }), 'line 7: a deleted message has no text'],
    'a bag that is too large': [withLine(7, { bag: '한'.repeat(700) }), 'line 7: bag: at most 2 KB'],
    'bots that are not in their room': [
      withLine(4, { kind: 'direct', name: '', with: [userId(1)], bots: [userId(2)] }),
      'line 4: bots: are of those with whom it is',
    ],
    'a setting of bots that there is not': [withLine(4, { bot: { loud: true } }), 'line 4: unknown field bot.loud'],
    'a setting of bots out of its bounds': [withLine(4, { bot: { topP: 2 } }), 'line 4: bot.topP: '],
    'a webhook without a digest': [
      withLine(3, { kind: 'bot', bot: { runs: 'hook', hook: { room: 'general', hash: 'short' } } }),
      'line 3: bot.hook.hash: not a digest of a secret',
    ],
    'variants where there is one': [withLine(7, { others: [{ index: 0, text: '' }] }), 'line 7: others: are variants'],
    'a variant that is shown': [
      withLine(7, { variants: { index: 0, count: 2 }, others: [{ index: 0, text: '' }] }),
      'line 7: others: are variants',
    ],
    'a variant beyond the last': [
      withLine(7, { variants: { index: 0, count: 2 }, others: [{ index: 2, text: '' }] }),
      'line 7: others: are variants',
    ],
    'variants out of order': [
      withLine(7, {
        variants: { index: 0, count: 3 },
        others: [
          { index: 2, text: '' },
          { index: 1, text: '' },
        ],
      }),
      'line 7: others: come by index, each once',
    ],
    'a variant of a deleted message': [
      withLine(7, {
        text: '',
        deletedAt: instant(50),
        variants: { index: 0, count: 2 },
        others: [{ index: 1, text: '' }],
      }),
      'line 7: a deleted message has no text',
    ],
    'no emoji': [withLine(7, { reactions: { a: [userId(1)] } }), 'line 7: reactions.a: '],
    'no reactions': [withLine(7, { reactions: {} }), 'line 7: reactions: 1 to 200 reactions'],
    'a rev below its seq': [withLine(8, { rev: 1 }), 'line 8: rev: is below seq'],
    'a seq of nothing': [withLine(7, { seq: 0 }), 'line 7: seq: '],
    'a rev beyond what can be counted': [withLine(9, { rev: 2 ** 53 }), 'line 9: rev: '],
    'a rev beyond what a room has': [withLine(9, { rev: 2 ** 30 }), 'line 9: rev: '],
    'a rev that is no whole number': [withLine(9, { rev: 9.5 }), 'line 9: rev: '],
    'a rev in words': [withLine(9, { rev: '9' }), 'line 9: rev: '],
  }
  for (const [what, [lines, reason]] of Object.entries(broken)) {
    test(what, async () => {
      await expect(read(lines)).rejects.toThrow(reason)
    })
  }
})

describe('the first line', () => {
  test('says that it is an export, of a version that is known', async () => {
    await expect(read([])).rejects.toThrow('line 1: the file stops here')
    await expect(read(withLine(1, { parley: 'backup' }))).rejects.toThrow('line 1: this is no export of Parley')
    await expect(read(whole.slice(1))).rejects.toThrow('line 1: this is no export of Parley')
    await expect(read(withLine(1, { version: 2 }))).rejects.toThrow(
      'line 1: was written by a newer Parley: its version is 2, this one knows 1',
    )
    await expect(read(withLine(1, { version: 0 }))).rejects.toThrow('line 1: version: ')
    await expect(read(withLine(1, { time: 1 }))).rejects.toThrow('line 1: unknown field time')
  })

  test('says whether there are passwords', async () => {
    const withHash = withLine(2, { passwordHash: '$argon2id$x' })
    expect((await read(withHash))[0]).toMatchObject({ passwordHash: '$argon2id$x' })
    await expect(read(withHash.with(0, { ...header, passwords: false }))).rejects.toThrow(
      'line 2: has a password, but line 1 says that there are none',
    )
  })
})

describe('the last line', () => {
  test('is missed where a file was cut off, wherever it was', async () => {
    for (let count = 0; count < whole.length; count += 1) {
      await expect(read(whole.slice(0, count))).rejects.toThrow(
        `line ${count + 1}: the file stops here, without its last line: it was cut off`,
      )
    }
  })

  test('counts what there is', async () => {
    for (const name of ['users', 'rooms', 'members', 'messages', 'broadcasts']) {
      await expect(read(withLine(11, { [name]: 7 }))).rejects.toThrow(`line 11: counts 7 ${name}, but there `)
    }
    await expect(read(withLine(11, { messages: undefined }))).rejects.toThrow('line 11: messages: ')
  })

  test('is the last', async () => {
    await expect(read([...whole, end, said])).rejects.toThrow('line 12: there is something after the last line')
  })
})
