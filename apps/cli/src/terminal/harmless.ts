/** What is safe to write on a terminal: nothing that moves its cursor or turns the direction of what follows. */
export const harmless = (text: string): string =>
  text
    .replaceAll('\t', '    ')
    .replace(/[^\P{Cc}\n]/gu, '')
    .replace(/[\u202A-\u202E\u2066-\u2069\u2028\u2029]/gu, '')
