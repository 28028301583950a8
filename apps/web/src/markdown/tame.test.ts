import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import Markdown, { type Options } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { describe, expect, test } from 'vitest'
import { hasFence, settle, splitBlocks } from './blocks.ts'
import { hasCodeToHighlight, isTame } from './tame.ts'
import { wordsInText } from './words-in-text.ts'

/** As long as what a person may write. */
const filled = (piece: string): string => piece.repeat(Math.floor(10_000 / piece.length))

const bombs: readonly string[] = [
  ...['> ', '>', '*a ', '**a', '_a', '_*', '***a**a*', '~~a', '`a ', '[', '[a](', '![', '[a][', '[^', '[^a]'].map(
    filled,
  ),
  ...[
    'a\n-\n',
    '- a\n',
    '- '.repeat(30),
    'a\n',
    '\n',
    ' ',
    '\n ',
    '<a ',
    '<!--',
    '&a',
    '\\',
    '|a',
    'www.a.',
    'a@',
    '@',
  ].map(filled),
  `${filled('*').slice(0, 5_000)}a${filled('*').slice(0, 4_900)}`,
  `www.a.b/${filled('.')}a`,
  `www.a.b/${filled('.,')}a`,
  `|a|\n|-|\n${filled('|a\n')}`,
  `\`\`\`\n\`\`\`\n${filled('>')}`,
  `x${filled('\n')}x`,
  `x${filled(' ')}x`,
]

const names = Array.from({ length: 500 }, (_, place) => `Somebody ${place}`)

const remarkPlugins: Options['remarkPlugins'] = [remarkGfm, [wordsInText, { names, me: undefined }]]

/** What the page does with a text of somebody, in milliseconds of the processor. */
const timed = (text: string): number => {
  const began = process.threadCpuUsage()
  for (const block of splitBlocks(text)) {
    hasFence(block)
    settle(block)
    if (!isTame(block)) continue
    renderToStaticMarkup(createElement(Markdown, { remarkPlugins }, block))
  }
  return process.threadCpuUsage(began).user / 1000
}

describe('a text that is written to make pages stand still', () => {
  // Unguarded they take seconds and minutes, or end in a stack that is full.
  test.each(bombs.map((text) => [text.slice(0, 20), text] as const))('%j and so on is shown soon', (_begin, text) => {
    expect(timed(text)).toBeLessThan(2_000)
  })
})

test.each(
  [
    '# Title\n\n- **one** `two` [three](https://a.example)\n  - four\n\n> five\n> > six',
    `| a | b |\n| - | - |\n${'| **1** | `2` |\n'.repeat(100)}`,
    '- **item** with `code`\n'.repeat(100),
    `\`\`\`js\n${'const [a, b] = [...c, !d]\n'.repeat(1_000)}\`\`\``,
    `a line\n${'-'.repeat(300)}`,
  ].map((text) => [text.slice(0, 20), text] as const),
)('%j and so on is tame', (_begin, text) => {
  expect(isTame(text)).toBe(true)
})

test('code is highlighted unless its lines are longer than anybody writes', () => {
  const fenced = (code: string) => `\`\`\`ini\n${code}\n\`\`\``
  expect(hasCodeToHighlight(fenced('a = 1\n'.repeat(500)))).toBe(true)
  expect(hasCodeToHighlight(fenced('a'.repeat(9_000)))).toBe(false)
  expect(hasCodeToHighlight('a = 1')).toBe(false)
})
