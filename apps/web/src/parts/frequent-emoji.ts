import { stored } from '../preferences/stored.ts'

const first = ['👍', '❤️', '😄', '🎉', '🙏', '👀', '🚀', '✅']

const recent = stored<readonly string[]>('parley-emoji', first, (value) =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined,
)

/** Eight emoji: those chosen last, and before that the usual ones. */
export const frequentEmoji = (): readonly string[] => recent.get()

/** An emoji was chosen. */
export const noteEmoji = (emoji: string): void =>
  recent.set([emoji, ...recent.get().filter((one) => one !== emoji)].slice(0, 8))
