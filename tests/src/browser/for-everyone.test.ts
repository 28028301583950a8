import '../../../apps/web/build/fresh.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { barriers } from './barriers.ts'
import { message, say, visitors } from './visitors.ts'

const { deployment, open, guest, complaints } = await visitors({}, { reducedMotion: 'reduce' })
await deployment.addAccount('Kim', 'owner', 'a good password')

/** Presses Tab until something of this name has the focus. */
const tabTo = async (page: Page, name: string): Promise<void> => {
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
  for (let presses = 0; presses < 12 && (await focused()) !== name; presses += 1) await page.keyboard.press('Tab')
  expect(await focused()).toBe(name)
}

test('with nothing but keys one signs in, changes rooms, writes, and mends what one wrote', async () => {
  const { page } = await open()
  await page.locator('form').waitFor()
  await tabTo(page, 'Sign in with an account')
  await page.keyboard.press('Enter')
  await page.getByLabel('Password').waitFor()
  await page.keyboard.type('Kim')
  await page.keyboard.press('Tab')
  await page.keyboard.type('a good password')
  await page.keyboard.press('Enter')
  await page.locator('#composer').waitFor()

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').waitFor()
  await page.keyboard.type('Kim')
  await page.getByRole('option', { name: 'Kim' }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/r\/(?!general)/)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').waitFor()
  await page.keyboard.type('general')
  await page.getByRole('option', { name: 'general' }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/r\/general/)

  const editor = page.locator('[aria-label="Edit the message"]:focus')
  await page.locator('#composer:focus').waitFor()
  await page.keyboard.type('helo')
  await page.keyboard.press('Enter')
  await message(page, 'helo').waitFor()
  await page.keyboard.press('ArrowUp')
  await editor.waitFor()
  await page.keyboard.type(' thrown away')
  await page.keyboard.press('Escape')
  await editor.waitFor({ state: 'detached' })
  await page.locator('#composer:focus').waitFor()
  await page.keyboard.press('ArrowUp')
  await editor.waitFor()
  await page.keyboard.press('Backspace')
  await page.keyboard.type('lo')
  await page.keyboard.press('Enter')
  await message(page, 'hello').getByText('edited').waitFor()
})

test.each([
  ['ko-KR', '대화 시작하기', 'ko'],
  ['pt-BR', 'Começar a conversar', 'pt-BR'],
  ['zh-CN', '开始聊天', 'zh'],
  ['en-US', 'Start talking', 'en'],
])('who prefers %s reads "%s"', async (locale, words, language) => {
  const { page } = await open('/', { locale })
  await page.getByRole('button', { name: words }).waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe(language)
})

test.each(['light', 'dark'] as const)(
  'nobody is kept from signing in, reading or choosing: %s',
  async (colorScheme) => {
    const { page } = await open('/', { colorScheme })
    await page.getByLabel('Your name').waitFor()
    expect(await barriers(page)).toEqual([])
    await page.getByLabel('Your name').fill(`Ana ${colorScheme}`)
    await page.keyboard.press('Enter')
    await say(page, '**Hello**, see `this`')
    await page.locator('article[data-message] strong').first().waitFor()
    await page.goto(`${deployment.url}/r/general?pane=details`)
    await page.getByRole('complementary', { name: 'Details' }).waitFor()
    expect(await barriers(page)).toEqual([])
    await page.getByRole('button', { name: 'Your settings' }).click()
    await page.getByRole('menuitem', { name: 'Notifications' }).click()
    await page.getByRole('dialog', { name: 'Notifications' }).waitFor()
    expect(await barriers(page)).toEqual([])
  },
)

test('what is said while one looks elsewhere is told of, if one has asked for it', async () => {
  const [{ page: ana }, { page: bo, context }] = [await guest('Ana'), await guest('Bo')]
  await context.grantPermissions(['notifications'])
  await bo.evaluate(() => {
    Object.assign(window, { told: [] })
    Object.defineProperty(document, 'hidden', { get: () => true })
    ServiceWorkerRegistration.prototype.showNotification = async (title, how) => {
      ;(window as unknown as { told: string[] }).told.push(`${title}: ${how?.body}`)
    }
  })
  const told = () => bo.evaluate(() => (window as unknown as { told: string[] }).told)
  await bo.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  const tell = async (text: string): Promise<void> => {
    await say(ana, text)
    await message(bo, text).waitFor()
  }
  await tell('@Bo before you asked')
  await bo.getByRole('button', { name: 'Your settings' }).click()
  await bo.getByRole('menuitem', { name: 'Notifications' }).click()
  await bo.getByRole('switch', { name: 'Show notifications' }).click()
  await bo.keyboard.press('Escape')
  await tell('for nobody')
  await tell('@Bo for you')
  await expect.poll(told).toEqual(['Ana in general: @Bo for you'])
})

test('without a network the page opens, and shows what was read last, until one is back', async () => {
  const { page, context } = await guest('Cleo')
  await say(page, 'read before the tunnel')
  await message(page, 'read before the tunnel').waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.reload()
  await message(page, 'read before the tunnel').waitFor()
  await context.setOffline(true)
  await page.reload()
  await page.getByRole('navigation', { name: 'What you read last' }).waitFor()
  await page.getByText('read before the tunnel').waitFor()
  await context.setOffline(false)
  await page.locator('#composer').waitFor()
})

test('the browser has nothing to complain about', () => {
  expect(complaints).toEqual([])
})
