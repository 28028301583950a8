/** Emoji that have a word, for keyboards without them. */
const words: Readonly<Record<string, string>> = {
  '+1': '👍',
  '-1': '👎',
  yes: '✅',
  no: '❌',
  heart: '❤️',
  smile: '🙂',
  joy: '😂',
  tada: '🎉',
  eyes: '👀',
  rocket: '🚀',
  thanks: '🙏',
  clap: '👏',
  fire: '🔥',
  think: '🤔',
}

export const emojiWords = Object.keys(words)

/** An emoji as it is, or by its word: `:tada:`, `tada`. */
export const emojiOf = (text: string): string => words[text.replaceAll(':', '')] ?? text
