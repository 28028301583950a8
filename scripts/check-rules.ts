import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What is wrong between the rules of a page and the tests that quote them. Ids in their order. */
export interface Mismatch {
  /** Rules that no test quotes. */
  readonly untested: readonly string[]
  /** Ids that tests quote and that are no rule. */
  readonly unknown: readonly string[]
  /** Ids that the page gives to several rules. */
  readonly doubled: readonly string[]
}

const byId = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })

/** The ids at the beginning of the lines or bullets of a page, each as often as it stands there. */
export const rulesOf = (page: string): readonly string[] =>
  [...page.matchAll(/^(?:- )?\*\*([A-Z]\d+)\*\* /gm)].map(([, id = '']) => id)

/** The ids with which string literals of a test file begin, save in comments and in skipped tests. */
export const quotedIn = (test: string): readonly string[] => {
  const code = test.replace(/^\s*(?:\/\/|\/?\*).*$/gm, '')
  return [...code.matchAll(/(['"`])((?:\[[A-Z]\d+\])+) /g)]
    .filter(({ index }) => !/\.(?:skip|todo)\(\s*$/.test(code.slice(0, index)))
    .flatMap(([, , ids = '']) => ids.slice(1, -1).split(']['))
}

export const compare = (rules: readonly string[], quoted: Iterable<string>): Mismatch => {
  const known = new Set(rules)
  const seen = new Set(quoted)
  return {
    untested: [...known].filter((id) => !seen.has(id)).sort(byId),
    unknown: [...seen].filter((id) => !known.has(id)).sort(byId),
    doubled: rules.filter((id, index) => rules.indexOf(id) !== index).sort(byId),
  }
}

const testFiles = (root: string): readonly string[] =>
  globSync('{packages,runtimes,apps,tests}/**/*.test.{ts,tsx}', {
    cwd: root,
    exclude: (path) => path.split('/').includes('node_modules'),
  }).map((path) => join(root, path))

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const page = 'packages/protocol/PROTOCOL.md'
  const rules = rulesOf(readFileSync(join(root, page), 'utf8'))
  const quoted = testFiles(root).flatMap((path) => quotedIn(readFileSync(path, 'utf8')))
  const { untested, unknown, doubled } = compare(rules, quoted)
  const say = (ids: readonly string[], fault: string): void => {
    if (ids.length > 0) console.error(`${page}: ${ids.length} ${fault}: ${ids.join(' ')}`)
  }
  say(untested, 'rules that no test quotes')
  say(unknown, 'ids that tests quote and that are no rules')
  say(doubled, 'ids that stand for more than one rule')
  if (untested.length + unknown.length + doubled.length > 0) process.exitCode = 1
  else console.log(`${page}: ${rules.length} rules, each quoted by a test`)
}
