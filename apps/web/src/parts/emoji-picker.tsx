import { type KeyboardEvent, type ReactElement, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Virtualizer } from 'virtua'
import { classes } from './classes.ts'
import { emojiGroups } from './emoji-data.ts'
import { inputLook } from './field.tsx'
import { frequentEmoji, noteEmoji } from './frequent-emoji.ts'
import { ListBox } from './list-box.tsx'

const perRow = 8

type Line = { readonly title: string } | { readonly emoji: readonly { readonly sign: string; readonly name: string }[] }

const inRows = (emoji: readonly { sign: string; name: string }[]): readonly Line[] =>
  Array.from({ length: Math.ceil(emoji.length / perRow) }, (_, row) => ({
    emoji: emoji.slice(row * perRow, (row + 1) * perRow),
  }))

type Group = 'frequent' | 'smileys_emotion' | 'people_body' | 'flags'

/** Arrow keys go from emoji to emoji. */
const step = (event: KeyboardEvent<HTMLElement>): void => {
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -perRow, ArrowDown: perRow }[event.key]
  if (by === undefined) return
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-emoji]')]
  const here = all.indexOf(event.target as HTMLElement)
  if (here < 0 && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) return
  event.preventDefault()
  all[here < 0 ? 0 : here + by]?.focus()
}

/** All emoji, by group or by a word of their names. */
const EmojiPicker = ({ choose }: { readonly choose: (emoji: string) => void }): ReactElement => {
  const t = useTranslations('emoji')
  const [query, setQuery] = useState('')
  const lines = useMemo<readonly Line[]>(() => {
    const wanted = query.trim().toLowerCase()
    if (wanted !== '') {
      return inRows(emojiGroups.flatMap(({ emoji }) => emoji.filter(({ name }) => name.includes(wanted))).slice(0, 160))
    }
    const frequent = { slug: 'frequent', emoji: frequentEmoji().map((sign) => ({ sign, name: sign })) }
    return [frequent, ...emojiGroups].flatMap(({ slug, emoji }) => [{ title: t(slug as Group) }, ...inRows(emoji)])
  }, [query, t])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys go between the buttons inside
    <div className="flex h-full flex-col" onKeyDown={step}>
      <div className="p-2">
        <input
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className={classes(inputLook, 'h-9')}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        {lines.length === 0 && <p className="p-3 text-side text-quiet">{t('none')}</p>}
        <Virtualizer as={ListBox} data={lines} itemSize={40}>
          {(line, place) =>
            'title' in line ? (
              <p key={place} className="px-1.5 pt-3 pb-1 text-fine font-semibold text-quiet">
                {line.title}
              </p>
            ) : (
              <div key={place} className="grid grid-cols-8">
                {line.emoji.map(({ sign, name }) => (
                  <button
                    key={sign}
                    type="button"
                    data-emoji={sign}
                    title={name}
                    aria-label={name}
                    onClick={() => {
                      noteEmoji(sign)
                      choose(sign)
                    }}
                    className="flex h-10 items-center justify-center rounded-lg text-[22px] leading-none hover:bg-hover"
                  >
                    {sign}
                  </button>
                ))}
              </div>
            )
          }
        </Virtualizer>
      </div>
    </div>
  )
}

export default EmojiPicker
