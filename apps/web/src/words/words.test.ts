import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTranslator } from 'use-intl/core'
import { expect, test } from 'vitest'
import en from './en.ts'
import ko from './ko.ts'
import { type Language, pickLanguage } from './languages.ts'
import ptBr from './pt-br.ts'
import type { Words } from './words.ts'
import zh from './zh.ts'

const others: Readonly<Record<string, Words>> = { ko, 'pt-BR': ptBr, zh }

const keysOf = (words: Words): readonly string[] =>
  Object.entries(words).flatMap(([part, entries]) => Object.keys(entries).map((key) => `${part}.${key}`))
const textOf = (words: Words, key: string): string => {
  const [part = '', name = ''] = key.split('.')
  return (words as Record<string, Record<string, string>>)[part]?.[name] ?? ''
}
/** The arguments of a sentence: what begins in braces at its outermost level. */
const argumentsOf = (text: string): readonly string[] => {
  const names = new Set<string>()
  let depth = 0
  for (const [sign] of text.matchAll(/\{\w*|\}/g)) {
    if (sign === '}') depth -= 1
    else {
      if (depth === 0) names.add(sign.slice(1))
      depth += 1
    }
  }
  return [...names].sort()
}

test.each(Object.entries(others))('%s says all that English says, with the same arguments', (_, words) => {
  expect(keysOf(words)).toEqual(keysOf(en))
  const named = (all: Words) => keysOf(en).map((key) => `${key}: ${argumentsOf(textOf(all, key))}`)
  expect(named(words)).toEqual(named(en))
})

test.each([['en', en], ...Object.entries(others)] as const)('every sentence of %s can be read', (locale, words) => {
  const wrong: string[] = []
  const translate = createTranslator({
    locale: locale as Language,
    messages: words as unknown as Record<string, Record<string, string>>,
    onError: (error) => wrong.push(error.message),
  }) as unknown as (key: string, values: object) => string
  for (const key of keysOf(words)) {
    for (const number of [0, 1, 5]) {
      translate(key, Object.fromEntries(argumentsOf(textOf(words, key)).map((name) => [name, number])))
    }
  }
  expect(wrong).toEqual([])
})

test('everything that is said is said somewhere', () => {
  const folder = join(import.meta.dirname, '..')
  const code = globSync('**/*.{ts,tsx}', { cwd: folder, exclude: ['words/**'] })
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  const isSaid = (name: string): boolean =>
    new RegExp(`['".]${name}\\b`).test(code) || code.includes(`\`${name.split('_')[0]}_\${`)
  const unsaid = keysOf(en).filter((key) => !isSaid(key.split('.')[1] ?? ''))
  expect(unsaid.filter((key) => !key.startsWith('emoji.'))).toEqual([])
})

test.each([
  [['pt-PT', 'en'], 'pt-BR'],
  [['zh-Hant-TW'], 'zh'],
  [['fr', 'ko-KR'], 'ko'],
  [['fr'], 'en'],
])('who prefers %j reads %s', (preferred, language) => {
  expect(pickLanguage(preferred)).toBe(language)
})
