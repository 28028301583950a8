import groups from 'unicode-emoji-json/data-by-group.json'

export interface EmojiGroup {
  readonly slug: string
  readonly emoji: readonly { readonly sign: string; readonly name: string }[]
}

/** Newer ones are drawn as boxes by many systems. */
const newest = 15

/** The emoji by group, in Unicode's order. */
export const emojiGroups: readonly EmojiGroup[] = groups.map(({ slug, emojis }) => ({
  slug,
  emoji: emojis
    .filter(({ emoji_version: version }) => Number(version) <= newest)
    .map(({ emoji, name }) => ({ sign: emoji, name })),
}))
