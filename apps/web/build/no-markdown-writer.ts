/**
 * Stands in the bundle for the half of the Markdown library that writes Markdown: the page only reads it, and the library
 * does not let itself be taken apart.
 */
export const defaultHandlers = {}
export const markdownTable = (): string => ''
