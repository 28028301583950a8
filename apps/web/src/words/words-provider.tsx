import { type ReactElement, type ReactNode, useEffect, useState } from 'react'
import { IntlProvider } from 'use-intl'
import { languageChoice } from '../preferences/preferences.ts'
import { useStored } from '../preferences/stored.ts'
import { type Language, pickLanguage } from './languages.ts'
import { loadWords } from './words.ts'

interface Loaded {
  readonly language: Language
  readonly words: Awaited<ReturnType<typeof loadWords>>
}

/** The language that was chosen, or the browser's. */
const wanted = (choice: Language | undefined): Language => choice ?? pickLanguage(navigator.languages)

/** Loads the language that the page begins with. */
export const firstWords = async (): Promise<Loaded> => {
  const language = wanted(languageChoice.get())
  return { language, words: await loadWords(language) }
}

/** Gives the words of the chosen language to all below; changes them when another is chosen. */
export const WordsProvider = ({ first, children }: { first: Loaded; children: ReactNode }): ReactElement => {
  const [choice] = useStored(languageChoice)
  const [loaded, setLoaded] = useState(first)
  const language = wanted(choice)
  useEffect(() => {
    let isCurrent = true
    loadWords(language).then((words) => {
      if (isCurrent) setLoaded({ language, words })
    })
    return () => {
      isCurrent = false
    }
  }, [language])
  useEffect(() => {
    document.documentElement.lang = loaded.language
  }, [loaded.language])
  return (
    <IntlProvider locale={regionOf(loaded.language)} messages={loaded.words} timeZone={browserTimeZone}>
      {children}
    </IntlProvider>
  )
}

/** Dates and numbers are written as where the reader is, as far as that goes with the language. */
const regionOf = (language: Language): Language => {
  const own = navigator.languages.find((tag) => tag.split('-')[0] === language.split('-')[0])
  return (own ?? language) as Language
}

const browserTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
