/** The id of the composer's input: there is one on the page. */
export const composerId = 'composer'

/** Puts the cursor into the composer. */
export const focusComposer = (): void => document.getElementById(composerId)?.focus()
