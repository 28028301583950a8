import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { afterEach, expect, test } from 'vitest'
import { serveWebPage } from './web-page.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const page = (files: Readonly<Record<string, string | Uint8Array>>) => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-page-'))
  folders.push(folder)
  mkdirSync(join(folder, 'assets'))
  const write = (name: string, text: string | Uint8Array): void => writeFileSync(join(folder, name), text)
  for (const [name, text] of Object.entries(files)) write(name, text)
  const app = new Hono()
  serveWebPage(app, 'hello', folder)
  app.notFound((c) => c.text('nothing here', 404))
  return { write, get: (path: string, headers: Record<string, string> = {}) => app.request(path, { headers }) }
}

test.each(['/', '/r/general', '/r/general/42', '/d/4f', '/admin', '/admin/people', '/first-owner', '/password'])(
  '%s is the page',
  async (path) => {
    const answer = await page({ 'index.html': '<p>page' }).get(path)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(await answer.text()).toBe('<p>page')
  },
)

test.each(['/elsewhere', '/r/', '/assets/', '/assets', '/../secret.js', '/%2e%2e/secret.js', '/.sources'])(
  '%s is nothing of it',
  async (path) => {
    const answer = await page({ 'index.html': '<p>page', '.sources': 'x' }).get(path)
    expect(answer.status).toBe(404)
  },
)

test('the page lets in no script, style or frame that is not its own', async () => {
  const policy = (await page({ 'index.html': '' }).get('/')).headers.get('content-security-policy')
  expect(policy).toMatch(/default-src 'none'/)
  expect(policy).toMatch(/script-src 'self'(;|$)/)
  expect(policy).toMatch(/frame-ancestors 'none'/)
  expect(policy).not.toMatch(/unsafe/)
})

test('files with a hash in their name are kept for good', async () => {
  const answer = await page({ 'index.html': '', 'assets/a-1.js': 'a' }).get('/assets/a-1.js')
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
})

test('what was compressed at the build is sent to who takes it', async () => {
  const { get } = page({ 'index.html': '', 'assets/a.js': 'plain', 'assets/a.js.gz': gzipSync('plain') })
  const small = await get('/assets/a.js', { 'accept-encoding': 'br, gzip' })
  expect(small.headers.get('content-encoding')).toBe('gzip')
  expect(small.headers.get('vary')).toBe('Accept-Encoding')
  expect(gunzipSync(await small.bytes()).toString()).toBe('plain')
  const refused = await get('/assets/a.js', { 'accept-encoding': 'gzip;q=0' })
  expect(refused.headers.get('content-encoding')).toBeNull()
  expect(await refused.text()).toBe('plain')
})

test('without a page the root says what is here', async () => {
  expect(await (await page({}).get('/')).text()).toBe('hello')
})

test('a page that is built while it is served is served', async () => {
  const { get, write } = page({ 'index.html': 'old' })
  expect((await get('/assets/new.js')).status).toBe(404)
  write('index.html', 'new')
  write('assets/new.js', 'new')
  expect(await (await get('/')).text()).toBe('new')
  expect(await (await get('/assets/new.js')).text()).toBe('new')
})
