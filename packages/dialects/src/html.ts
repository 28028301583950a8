/*
 * What is typed into an input box of a browser comes as HTML, and goes back as HTML to pages that show it as such. So it
 * is taken apart, and written anew from a short list of tags without attributes: nothing else can come out.
 */

const containers = new Set(['b', 'div', 'i', 'p', 'span', 'u'])
const blocks = new Set(['div', 'p'])
/** Elements whose contents are not for reading. */
const unread = new Set([
  'iframe',
  'noembed',
  'noframes',
  'noscript',
  'plaintext',
  'script',
  'style',
  'template',
  'textarea',
  'title',
  'xmp',
])

const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
])
const reference = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi
const notForTexts = /[^\P{Cc}\n\t]/gu

const character = (code: number): string =>
  code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? '\ufffd' : String.fromCodePoint(code)

const decoded = (text: string): string =>
  text
    .replace(reference, (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex) return character(Number.parseInt(hex, 16))
      return decimal ? character(Number(decimal)) : (named.get(name ?? '') ?? whole)
    })
    .replace(notForTexts, '')

/** A text as browsers write it into HTML. */
const escaped = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/\u00a0/g, '&nbsp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')

/** A plain text as HTML. */
export const htmlOf = (text: string): string => escaped(text).replace(/\n/g, '<br>')

type Token = { readonly text: string } | { readonly tag: string; readonly closes: boolean }

/** Where a tag that begins at `from` ends: behind the first `>` that is in no quoted value; undefined: it does not. */
const endOfTag = (html: string, from: number): number | undefined => {
  let quote = ''
  let isValue = false
  for (let at = from; at < html.length; at += 1) {
    const letter = html[at] as string
    if (quote) {
      if (letter === quote) quote = ''
    } else if (letter === '>') return at + 1
    else if (isValue && (letter === '"' || letter === "'")) quote = letter
    if (!/\s/.test(letter)) isValue = letter === '='
  }
  return undefined
}

const behind = (html: string, mark: string, from: number): number => {
  const at = html.indexOf(mark, from)
  return at < 0 ? html.length : at + mark.length
}

function* tokensOf(html: string): Generator<Token> {
  const folded = html.toLowerCase()
  let at = 0
  while (at < html.length) {
    const next = html.indexOf('<', at)
    if (next !== at) {
      const end = next < 0 ? html.length : next
      yield { text: decoded(html.slice(at, end)) }
      at = end
      continue
    }
    if (html.startsWith('<!--', at)) at = behind(html, '-->', at + 4)
    else if (/^<(?:[!?]|\/[^a-z])/.test(folded.slice(at, at + 3))) at = behind(html, '>', at)
    else {
      const name = /^<(\/?)([a-z][^\s/>]{0,40})/.exec(folded.slice(at, at + 44))
      if (!name) {
        yield { text: '<' }
        at += 1
        continue
      }
      const [, slash, tag = ''] = name
      const end = endOfTag(html, at)
      if (end === undefined) return
      at = end
      if (slash || !unread.has(tag)) yield { tag, closes: slash === '/' }
      else {
        const close = folded.indexOf(`</${tag}`, at)
        at = (close < 0 ? undefined : endOfTag(html, close)) ?? html.length
      }
    }
  }
}

/** Without the line breaks at both ends. Not by a pattern: one for the end tries at every line break there is. */
const trimmedLines = (text: string): string => {
  let [from, to] = [0, text.length]
  while (from < to && text[from] === '\n') from += 1
  while (to > from && text[to - 1] === '\n') to -= 1
  return text.slice(from, to)
}

/** How deep elements may stand in each other; those that are deeper are left out. */
const deepest = 100

/** HTML of an input box: as it may be shown again, and as a plain text. */
export const readHtml = (given: string): { readonly html: string; readonly text: string } => {
  let html = ''
  let text = ''
  let breaks = false
  const open: string[] = []
  const breakLine = (): void => {
    if (breaks && text !== '' && !text.endsWith('\n')) text += '\n'
    breaks = false
  }
  const closeUpTo = (tag: string): void => {
    if (!open.includes(tag)) return
    for (let last = open.pop(); last !== undefined; last = open.pop()) {
      html += `</${last}>`
      if (blocks.has(last)) breaks = true
      if (last === tag) return
    }
  }
  for (const token of tokensOf(given.replace(/\r\n?/g, '\n').toWellFormed())) {
    if ('text' in token) {
      if (token.text === '') continue
      breakLine()
      html += escaped(token.text)
      text += token.text
    } else if (token.tag === 'br') {
      breakLine()
      html += '<br>'
      text += '\n'
    } else if (!containers.has(token.tag)) {
    } else if (token.closes) closeUpTo(token.tag)
    else {
      if (blocks.has(token.tag)) {
        closeUpTo('p')
        breaks = true
      }
      if (open.length >= deepest) continue
      open.push(token.tag)
      html += `<${token.tag}>`
    }
  }
  for (const tag of open.reverse()) html += `</${tag}>`
  return { html, text: trimmedLines(text) }
}
