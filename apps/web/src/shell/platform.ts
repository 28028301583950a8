/** Whether the keyboard is an Apple one. */
const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

/** How the key is called that goes with letters for shortcuts. */
export const modifier = isApple ? '⌘' : 'Ctrl'

/** Whether that key is held. */
export const hasModifier = ({ metaKey, ctrlKey }: Pick<KeyboardEvent, 'metaKey' | 'ctrlKey'>): boolean =>
  isApple ? metaKey : ctrlKey
