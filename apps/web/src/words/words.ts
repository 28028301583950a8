import type en from './en.ts'
import type { Language } from './languages.ts'
import type { WordsLike } from './words-like.ts'

/** All that the page says, by part of the page. English is the measure: each language has the same keys. */
export type Words = WordsLike<typeof en>

declare module 'use-intl' {
  interface AppConfig {
    Locale: Language
    Messages: typeof en
  }
}

const loaders: Readonly<Record<Language, () => Promise<{ readonly default: Words }>>> = {
  en: () => import('./en.ts'),
  ko: () => import('./ko.ts'),
  'pt-BR': () => import('./pt-br.ts'),
  zh: () => import('./zh.ts'),
}

/** Fetches the words of a language, typed as the English ones: by them the arguments of each sentence are checked. */
export const loadWords = async (language: Language): Promise<typeof en> =>
  (await loaders[language]()).default as unknown as typeof en
