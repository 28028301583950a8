import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** A Markdown file. `path` from the root of the repository, with slashes. */
export interface Page {
  readonly path: string
  readonly text: string
}

/** What pages may speak of. */
export interface Tree {
  /** All files, by their paths from the root. */
  readonly files: readonly string[]
  /** The headings of pages, as the ends of links name them. */
  readonly headings: ReadonlyMap<string, ReadonlySet<string>>
  /** The names of npm scripts, those of workspaces too. */
  readonly scripts: ReadonlySet<string>
}

/** How the page of a link names a heading: as GitHub does. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replace(/ /g, '-')

/** The headings of a page, but what stands in blocks of code. */
export const headingsOf = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading)),
  )

const linksOf = (text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to).filter((to) => !/^[a-z]+:/.test(to))

/** Names that can be of nothing but files of this repository: by their folder, or by their ending. */
const home = /^(?:packages|runtimes|apps|tests|bench|scripts|docs|examples)\/[\w./-]+$/
const source = /^[\w./-]+\.(?:tsx?|mjs|md|css)$/

/** Files that a reader is told to make, or that are made. */
const notKept = /^(?:hello\.ts|.*\/dist)$/

const pathsOf = (text: string): readonly string[] =>
  [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`(?:npx |npm run )?(?:node )?([^`\s]+)[^`\n]*`/g)]
    .map(([, name = '']) => name)
    .filter((name) => (home.test(name) || source.test(name)) && !notKept.test(name))

const scriptsOf = (text: string): readonly string[] =>
  [...text.matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, name = '']) => name)

/** What a page names that is not there. */
export const missingOn = ({ path, text }: Page, { files, headings, scripts }: Tree): readonly string[] => {
  const isThere = (name: string): boolean => {
    const from = normalize(name).replace(/\/$/, '')
    return files.some((file) => file === from || file.startsWith(`${from}/`))
  }
  const isKnown = (name: string): boolean =>
    isThere(name) || isThere(join(dirname(path), name)) || files.some((file) => file.endsWith(`/${name}`))
  const isLinked = (link: string): boolean => {
    const [to = '', anchor] = link.split('#')
    const target = to === '' ? path : join(dirname(path), to)
    return isThere(target) && (anchor === undefined || (headings.get(target)?.has(anchor) ?? false))
  }
  return [
    ...linksOf(text).filter((link) => !isLinked(link)),
    ...pathsOf(text).filter((name) => !isKnown(name)),
    ...scriptsOf(text)
      .filter((name) => !scripts.has(name))
      .map((name) => `npm run ${name}`),
  ]
}

/** The names of settings in a text. */
export const settingsIn = (text: string): readonly string[] => text.match(/\bPARLEY_[A-Z]+(?:_[A-Z]+)*\b/g) ?? []

/** What nobody sets by hand: the stack tells its functions by these, and tests the servers that they start. */
const told = /^PARLEY_(?:TABLE|TOPIC|QUEUE|SOCKETS|COMPAT_SOCKETS|KEYS|MODEL_KEY_IN|TEST_.+)$/

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const isOurs = (path: string): boolean => !/(?:^|\/)(?:node_modules|dist|cdk\.out|\.git|data)$/.test(path)
  const files = globSync('**/*', { cwd: root, exclude: (path) => !isOurs(path) })
  const read = (path: string): string => readFileSync(join(root, path), 'utf8')
  const pages = files.filter((path) => path.endsWith('.md')).map((path): Page => ({ path, text: read(path) }))
  const tree: Tree = {
    files,
    headings: new Map(pages.map(({ path, text }) => [path, headingsOf(text)])),
    scripts: new Set(
      files
        .filter((path) => path.endsWith('package.json'))
        .flatMap((path) => Object.keys(JSON.parse(read(path)).scripts ?? {})),
    ),
  }
  const code = files.filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
  const inCode = new Set(code.flatMap((path) => settingsIn(read(path))))
  const onPages = new Set(pages.flatMap(({ text }) => settingsIn(text)))
  const faults = [
    ...pages.flatMap((page) => missingOn(page, tree).map((name) => `${page.path}: there is no ${name}`)),
    ...[...onPages].filter((name) => !inCode.has(name)).map((name) => `${name} is on a page, and in no code`),
    ...[...inCode].filter((name) => !onPages.has(name) && !told.test(name)).map((name) => `${name} is on no page`),
  ]
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) process.exitCode = 1
  else console.log(`${pages.length} pages: what they name is there, and every setting is on one`)
}
