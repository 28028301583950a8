/**
 * Takes pictures of a server's page in its main states, light and dark, on phones and desks:
 * `npm run screenshots -- FOLDER [NAME...]`. Starts a server of its own with people in it.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from './find-browser.ts'
import { fillRooms } from './lively-room.ts'

/** What is shown, and how one comes there. */
interface Scene {
  readonly path: string
  readonly signedIn: boolean
  readonly act?: (page: Page) => Promise<void>
}

const open = (name: string) => async (page: Page) => {
  await page.keyboard.press(name)
}

const scenes: Readonly<Record<string, Scene>> = {
  'first-visit': { path: '/', signedIn: false },
  room: { path: '/r/general', signedIn: true },
  details: { path: '/r/general?pane=details', signedIn: true },
  'empty-room': { path: '/r/finance', signedIn: true },
  rooms: { path: '/', signedIn: true },
  switcher: { path: '/r/general', signedIn: true, act: open('Control+k') },
  shortcuts: { path: '/r/general', signedIn: true, act: open('Control+/') },
}

const sizes = { phone: [390, 844], desk: [1280, 800], wide: [1920, 1080] } as const

const take = async (browser: Browser, server: string, session: string, folder: string, wanted: readonly string[]) => {
  for (const [name, scene] of Object.entries(scenes)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    for (const [size, [width, height]] of Object.entries(sizes)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await browser.newContext({
          viewport: { width, height },
          colorScheme,
          locale: 'en-GB',
          hasTouch: size === 'phone',
          isMobile: size === 'phone',
        })
        if (scene.signedIn) {
          await context.addInitScript((kept) => localStorage.setItem('parley-session', kept), session)
        }
        const page = await context.newPage()
        page.on('console', (message) => message.type() === 'error' && console.error(name, message.text()))
        page.on('pageerror', (error) => console.error(name, error))
        await page.goto(server + scene.path)
        await page.waitForSelector(scene.signedIn ? '#main' : 'form', { state: 'attached' })
        await page.waitForLoadState('networkidle')
        await scene.act?.(page)
        await page.waitForTimeout(500)
        await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) })
        await context.close()
      }
    }
  }
}

const [folder = 'screenshots', ...wanted] = process.argv.slice(2)
const server = process.env.PARLEY_SERVER ?? 'http://127.0.0.1:8080'
const [username = '', password = ''] = (process.env.PARLEY_OWNER ?? '').split(':')
mkdirSync(folder, { recursive: true })
const answer = await fetch(`${server}/api/login`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ username, password }),
})
const session = await answer.text()
const people = process.env.FILL === undefined ? {} : await fillRooms(server, { username, password })
const browser = await openBrowser()
await take(browser, server, session, folder, wanted)
await browser.close()
for (const person of Object.values(people)) person.stop()
