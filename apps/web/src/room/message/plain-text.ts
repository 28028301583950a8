const signsAtMost = 240

/** The beginning of a Markdown text in one line, without its marks. */
export const plainText = (text: string): string =>
  text
    .slice(0, signsAtMost * 2)
    .replace(/^ {0,3}(?:`{3,}|~{3,})[^\n]*$/gm, '')
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/^\s{0,3}(?:#{1,6}|>|[-*+]|\d+[.)])\s+/gm, '')
    .replace(/(?:\*{1,3}|__|`|~~)(?=\S)|(?<=\S)(?:\*{1,3}|__|`|~~)/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, signsAtMost)
