import { limits } from '@parley/protocol/limits'

/** The part of a Markdown tree that is looked at here. */
interface Node {
  type: string
  value?: string
  children?: Node[]
  data?: { hName: string; hProperties: { className: string } }
}

export interface TextOptions {
  /** Whom a text may mention. */
  readonly names: readonly string[]
  /** Oneself. */
  readonly me: string | undefined
}

const mention = (value: string, isMe: boolean): Node => ({
  type: 'mention',
  data: { hName: 'span', hProperties: { className: isMe ? 'mention mention-me' : 'mention' } },
  children: [{ type: 'text', value }],
})

const isWordSign = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}_]/u.test(sign)

/** What a name and the sign behind it take at most, in UTF-16 units. */
const longest = 2 * limits.nameCharacters + 2

/** Of several names that begin alike the longest is meant. */
const nameAt = (text: string, place: number, names: readonly string[]): string | undefined => {
  const rest = text.slice(place, place + longest).toLocaleLowerCase()
  let found: string | undefined
  for (const name of names) {
    const isHere = rest.startsWith(name.toLocaleLowerCase()) && !isWordSign(rest[name.length])
    if (isHere && name.length > (found?.length ?? 0)) found = name
  }
  return found
}

/** Splits text where somebody is mentioned (`@Name`). */
const withMentions = (text: string, { names, me }: TextOptions): Node[] => {
  const nodes: Node[] = []
  let from = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const name = isWordSign(text[at - 1]) ? undefined : nameAt(text, at + 1, names)
    if (name === undefined) continue
    if (at > from) nodes.push({ type: 'text', value: text.slice(from, at) })
    from = at + 1 + name.length
    nodes.push(mention(text.slice(at, from), name === me))
  }
  if (from < text.length) nodes.push({ type: 'text', value: text.slice(from) })
  return nodes
}

/** In a chat a new line is one. */
const withLines = (text: string, options: TextOptions): Node[] =>
  text.split('\n').flatMap((line, place) => {
    const words = withMentions(line, options)
    return place === 0 ? words : [{ type: 'break' }, ...words]
  })

const walk = (node: Node, options: TextOptions): void => {
  if (!node.children) return
  node.children = node.children.flatMap((child) => {
    if (child.type === 'text') return withLines(child.value ?? '', options)
    walk(child, options)
    return [child]
  })
}

/** A plugin for Markdown trees: new lines are kept, and mentions are marked. Code and links are left as they are. */
export const wordsInText = (options: TextOptions) => (tree: Node) => walk(tree, options)
