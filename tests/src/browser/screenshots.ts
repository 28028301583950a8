/**
 * Takes pictures of the page in its main states, light and dark, on phones and desks, with people in it:
 * `npm run screenshots -- FOLDER [NAME...]`.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { nodeDeployment } from '../harness/node-deployment.ts'
import { openBrowser } from './find-browser.ts'
import { fillRooms } from './lively-room.ts'

/** What is shown, and how one comes there. */
interface Scene {
  readonly path: string
  readonly isSignedIn: boolean
  readonly language?: string
  readonly act?: (page: Page) => Promise<void>
}

const keys = (name: string) => (page: Page) => page.keyboard.press(name)

const scenes: Readonly<Record<string, Scene>> = {
  'first-visit': { path: '/', isSignedIn: false },
  room: { path: '/r/general', isSignedIn: true },
  korean: { path: '/r/general', isSignedIn: true, language: 'ko' },
  portuguese: { path: '/r/general?pane=details', isSignedIn: true, language: 'pt-BR' },
  chinese: { path: '/r/general', isSignedIn: true, language: 'zh', act: keys('Control+/') },
  table: { path: '/r/general/3', isSignedIn: true },
  details: { path: '/r/general?pane=details', isSignedIn: true },
  assistant: {
    path: '/r/general?pane=details',
    isSignedIn: true,
    act: async (page) => {
      await page.locator('aside button[aria-expanded]').last().click()
      await page.waitForSelector('aside form')
    },
  },
  'empty-room': { path: '/r/finance', isSignedIn: true },
  rooms: { path: '/', isSignedIn: true },
  switcher: { path: '/r/general', isSignedIn: true, act: keys('Control+k') },
  shortcuts: { path: '/r/general', isSignedIn: true, act: keys('Control+/') },
  toolbar: {
    path: '/r/general',
    isSignedIn: true,
    act: async (page) => {
      await page.locator('[data-message]').nth(-3).hover()
    },
  },
  emoji: {
    path: '/r/general',
    isSignedIn: true,
    act: async (page) => {
      await page.locator('#composer').locator('xpath=preceding-sibling::button').click()
      await page.waitForSelector('[data-emoji]')
    },
  },
  offline: {
    path: '/r/general',
    isSignedIn: true,
    act: async (page) => {
      await page.context().setOffline(true)
      await page.locator('#composer').fill('This one waits until I am back.')
      await page.keyboard.press('Enter')
    },
  },
}

const sizes = { phone: [390, 844], desk: [1280, 800], wide: [1920, 1080] } as const

/** Time for what fades in. */
const settledMs = 500

const take = async (browser: Browser, server: string, session: string, folder: string, wanted: readonly string[]) => {
  for (const [name, { path, isSignedIn, language = 'en-GB', act }] of Object.entries(scenes)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    for (const [size, [width, height]] of Object.entries(sizes)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const isPhone = size === 'phone'
        const device = { viewport: { width, height }, colorScheme, hasTouch: isPhone, isMobile: isPhone }
        const context = await browser.newContext({ ...device, locale: language })
        if (isSignedIn) await context.addInitScript((kept) => localStorage.setItem('parley-session', kept), session)
        const page = await context.newPage()
        page.on('console', (message) => message.type() === 'error' && console.error(name, message.text()))
        page.on('pageerror', (error) => console.error(name, error))
        await page.goto(server + path)
        await page.waitForSelector(isSignedIn ? '#main' : 'form', { state: 'attached' })
        await page.waitForLoadState('networkidle')
        await act?.(page)
        await page.waitForTimeout(settledMs)
        await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) })
        await context.close()
      }
    }
  }
}

const signInAs = async (server: string, body: object): Promise<string> => {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${server}/api/login`, { method: 'POST', headers, body: JSON.stringify(body) })
  return answer.text()
}

const [folder = 'screenshots', ...wanted] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const deployment = await nodeDeployment()
const owner = { username: 'Mira', password: 'rye and spelt' }
await deployment.addAccount(owner.username, 'owner', owner.password)
const { people, growing } = await fillRooms(deployment.url, owner)
const browser = await openBrowser()
try {
  await take(browser, deployment.url, await signInAs(deployment.url, owner), folder, wanted)
  await growing.end()
} finally {
  await browser.close()
  for (const person of Object.values(people)) person.stop()
  await deployment.dispose()
}
