import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pageHeaders } from '@parley/api'
import type { Context, Hono } from 'hono'

/** Where the built page is: a folder that any host can serve. */
const builtPage = fileURLToPath(new URL('../../../apps/web/dist', import.meta.url))

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/** Addresses inside the app, all of which are the one page. */
const isPlace = (path: string): boolean =>
  path === '/' || /^\/(?:(?:r|d|admin)\/.+|admin|first-owner|password)$/.test(path)

const encodings = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const

/** What of `br` and `gzip` a client takes, by its `Accept-Encoding`. */
const accepted = (header: string | undefined): readonly (typeof encodings)[number][] => {
  const told = (header ?? '').split(',').map((part) => part.trim().split(';'))
  const takes = (wanted: string): boolean =>
    told.some(([name = '', weight = '']) => name === wanted && !/^\s*q=0(?:\.0*)?\s*$/.test(weight))
  return encodings.filter(({ name }) => takes(name))
}

/** Names with a hash in them never mean anything else; all others are asked about each time. */
const keeping = (file: string): string =>
  file.startsWith(`assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache'

const listed = (folder: string): ReadonlySet<string> => {
  try {
    return new Set(readdirSync(folder, { recursive: true, encoding: 'utf8' }))
  } catch {
    return new Set()
  }
}

const answer = async (c: Context, folder: string, files: ReadonlySet<string>, file: string): Promise<Response> => {
  const encoding = accepted(c.req.header('accept-encoding')).find(({ ending }) => files.has(file + ending))
  const bytes = await readFile(join(folder, file + (encoding?.ending ?? '')))
  return c.body(bytes, 200, {
    ...pageHeaders,
    'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    'Cache-Control': keeping(file),
    Vary: 'Accept-Encoding',
    ...(encoding && { 'Content-Encoding': encoding.name }),
  })
}

/**
 * Serves the page at `/`, and at every address inside it. What is no file of the page goes on to what else the app has.
 * A page that is built anew meanwhile is noticed by the first file that was not there before.
 * @param greeting what stands at `/` while no page is built
 */
export const serveWebPage = (app: Hono, greeting: string, folder = builtPage): void => {
  let files = listed(folder)
  const has = (file: string): boolean => {
    if (!files.has(file) && file.startsWith(`assets${sep}`)) files = listed(folder)
    return files.has(file)
  }
  app.get('*', async (c, next) => {
    const { path } = c.req
    const file = isPlace(path) ? 'index.html' : path.slice(1).split('/').join(sep)
    if (has(file) && extname(file) in types) return answer(c, folder, files, file)
    return path === '/' ? c.text(greeting) : next()
  })
}
