import { stripVTControlCharacters } from 'node:util'

/** What a program has printed, as a text to be sent: without its colours and the blank end. */
export const fromProgram = (output: string): string => stripVTControlCharacters(output).replaceAll('\r', '').trimEnd()
