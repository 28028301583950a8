/** The languages of the page, as BCP 47 tags. */
export const languages = ['en', 'ko', 'pt-BR', 'zh'] as const
export type Language = (typeof languages)[number]

/** Each in its own words, for who is to choose. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  ko: '한국어',
  'pt-BR': 'Português (Brasil)',
  zh: '中文',
}

/** The first known language of a list of preferences like `navigator.languages`; English where there is none. */
export const pickLanguage = (preferred: readonly string[]): Language => {
  for (const wish of preferred) {
    const exact = languages.find((known) => known.toLowerCase() === wish.toLowerCase())
    const near = languages.find((known) => known.split('-')[0] === wish.toLowerCase().split('-')[0])
    if (exact ?? near) return (exact ?? near) as Language
  }
  return 'en'
}
