import { expect, test } from 'vitest'
import { anchorOf, headingsOf, missingOn, settingsIn, type Tree } from './check-docs.ts'

const tree: Tree = {
  files: ['README.md', 'docs/web.md', 'packages/core/src/chat.ts'],
  headings: new Map([['docs/web.md', new Set(['how-fast'])]]),
  scripts: new Set(['check']),
}
const missing = (text: string, path = 'README.md') => missingOn({ path, text }, tree)

test('links lead to files, folders and headings, from where their page is', () => {
  expect(missing('[a](docs/web.md) [b](docs/) [c](docs/web.md#how-fast) [d](https://elsewhere.example/x.md)')).toEqual(
    [],
  )
  expect(missing('[a](web.md) [b](../README.md)', 'docs/web.md')).toEqual([])
  expect(missing('[a](docs/cli.md) [b](docs/web.md#how-slow) [c](#none)')).toEqual([
    'docs/cli.md',
    'docs/web.md#how-slow',
    '#none',
  ])
})

test('names of files are those of files, in whole or from their end, and other names are let alone', () => {
  expect(missing('`packages/core`, `chat.ts`, `core/src/chat.ts`, `npx node packages/core/src/chat.ts 5`')).toEqual([])
  expect(missing('`/api/health`, `@parley/core`, `kill -9`, `a/b`')).toEqual([])
  expect(missing('`packages/cor`, `hat.ts`, `node bench/none.ts`')).toEqual(['packages/cor', 'hat.ts', 'bench/none.ts'])
})

test('npm scripts are there', () => {
  expect(missing('`npm run check` and `npm run checks`')).toEqual(['npm run checks'])
})

test('a heading is named as in the addresses of its page, but not from within code', () => {
  expect(anchorOf('Grow out of a laptop, and come back')).toBe('grow-out-of-a-laptop-and-come-back')
  expect([...headingsOf('# One `two`\n```sh\n# not this\n```\n## Three\n')]).toEqual(['one-two', 'three'])
})

test('settings are found by their names', () => {
  expect(settingsIn('PARLEY_KEY=1 PARLEY_TEST_SEED, `PARLEY_RATE`; PARLEY_ and XPARLEY_NO')).toEqual([
    'PARLEY_KEY',
    'PARLEY_TEST_SEED',
    'PARLEY_RATE',
  ])
})
