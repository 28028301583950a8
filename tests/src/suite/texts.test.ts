import { describe, expect, test } from 'vitest'
import { tooLong } from '../harness/gateway.ts'
import { newId, say, world } from '../harness/world.ts'

const { member, room } = await world()
const ada = await member()
const place = await room('public', ada)

const send = (text: string) => ({ action: 'send', room: place, id: newId(), text })

describe('texts', () => {
  test.each(['x', '한', '🙂'])(
    '[W15] 10,000 UTF-16 units of %s are a text, one more is too large',
    async (character) => {
      const text = character.repeat(10_000 / character.length)
      expect((await ada.ask('message', send(text))).message.text).toBe(text)
      expect(await ada.refusal(send(`${text}x`))).toMatchObject({ code: tooLong(), retry: null })
      const { message } = await ada.ask('message', send('short'))
      const edit = { action: 'edit', room: place, id: message.id, text: `${text}x` }
      expect(await ada.refusal(edit)).toMatchObject({ code: tooLong() })
    },
  )

  test.each(['', ' ', '\n\t\n', '\u00A0', '\u200B', '\u200D\u2060', '\u3164', '\uFEFF', '\u00AD', '\u2800'])(
    '[W16] %j is no text',
    async (text) => {
      expect(await ada.refusal(send(text))).toMatchObject({ code: 'bad_request' })
      const { message } = await ada.ask('message', send('something'))
      const edit = { action: 'edit', room: place, id: message.id, text }
      expect(await ada.refusal(edit)).toMatchObject({ code: 'bad_request' })
    },
  )

  test.each(['\u0000', '\u0007', '\b', '\r', '\r\n', '\u001B[31m', '\u007F', '\u0085', '\u009F', '\uD83D', '\uDE00'])(
    '[W17] a text with %j is refused',
    async (character) => {
      expect(await ada.refusal(send(`a${character}b`))).toMatchObject({ code: 'bad_request' })
    },
  )

  test.each([
    '  not trimmed \n\n',
    'a\n\tb',
    'e\u0301 is not é, nor ﬁ fi',
    '<script>alert(1)</script> &amp; **bold** \\ " \' ` $1 %s',
    '한국어 日本語 العربية 👩‍👩‍👧‍👦 🇰🇷 \u202Eabc\u202C \u2028 \uFEFF!',
    '{"action":"send"}',
    '\uFFFF \u{10FFFF}',
  ])('[W18] %j comes back as it was sent', async (text) => {
    const { message } = await ada.ask('message', send(text))
    expect(message.text).toBe(text)
    const { messages } = await ada.ask('page', { action: 'history', room: place, limit: 1 })
    expect(messages[0]?.text).toBe(text)
  })
})

describe('emoji', async () => {
  const message = await say(ada, place, 'react to me')
  const react = (emoji: string) => ({ action: 'react', room: place, id: message.id, emoji, on: true })

  test.each(['👍', '👍🏽', '❤️', '❤', '🇰🇷', '1️⃣', '👩‍👩‍👧‍👦', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '☠', '©'])('[W19] %s is an emoji', async (emoji) => {
    const { message: reacted } = await ada.ask('message', react(emoji))
    expect(reacted.reactions).toMatchObject({ [emoji]: [ada.me.id] })
  })

  test.each(['', 'a', '1', '#', 'no', '👍👍', '👍 ', ' 👍', ':+1:', '__proto__', '\u200D', '👍\u0000', '🇰', '한'])(
    '[W19] %j is none',
    async (emoji) => {
      expect(await ada.refusal(react(emoji))).toMatchObject({ code: 'bad_request' })
    },
  )
})
