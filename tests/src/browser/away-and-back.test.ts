import '../../../apps/web/build/fresh.ts'
import { createClient, signIn } from '@parley/client'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { message, say, visitors } from './visitors.ts'

const { guest, open, tab, deployment, complaints } = await visitors()
const owner = { username: 'Mira', password: 'rye and spelt' }
await deployment.addAccount(owner.username, 'owner', owner.password)
const mira = createClient({ server: deployment.url, session: await signIn(deployment.url, owner) })
await mira.start()
await mira.create('garden', { kind: 'public', name: 'Garden' })
afterAll(() => mira.stop())

test('what is written offline is sent once, after the network is back', async () => {
  const [ana, bo] = [await guest('Ana'), await guest('Bo')]
  await ana.setOffline(true)
  await ana.page.getByText('You are offline.').waitFor()
  for (const text of ['one from the tunnel', 'two from the tunnel']) await say(ana.page, text)
  await ana.page.getByText('Is sent when you are connected').nth(1).waitFor()
  await ana.setOffline(false)
  await message(bo.page, 'two from the tunnel').waitFor()
  await ana.page.getByText('You are offline.').waitFor({ state: 'detached' })
  await say(ana.page, 'out of the tunnel')
  await message(bo.page, 'out of the tunnel').waitFor()
  for (const { page } of [ana, bo]) {
    const told = await message(page, 'the tunnel').locator('.prose').allInnerTexts()
    expect(told).toEqual(['one from the tunnel', 'two from the tunnel', 'out of the tunnel'])
  }
})

test('two tabs of one person agree on what is unread', async () => {
  const cy = await guest('Cy')
  const { seq } = await mira.send('general', 'welcome, Cy').stored
  await message(cy.page, 'welcome, Cy').waitFor()
  const readTo = (): readonly number[] => [...(mira.state.rooms.get('general')?.readBy.values() ?? [])]
  await expect.poll(readTo, { message: 'Ana, Bo and Cy have read it' }).toEqual([seq, seq, seq])
  const other = await tab(cy.context, '/r/garden')
  await cy.page.goto(`${deployment.url}/r/garden`)
  const unread = (page: Page) => page.getByRole('link', { name: /2 unread messages/ })
  const tabs = [cy.page, other]
  for (const page of tabs) await page.getByRole('heading', { name: 'Garden' }).first().waitFor()
  for (const text of ['first', 'second']) await mira.send('general', `${text} for Cy`).stored
  for (const page of tabs) await unread(page).waitFor()
  await unread(cy.page).click()
  await message(cy.page, 'second for Cy').waitFor()
  for (const page of tabs) await unread(page).waitFor({ state: 'detached' })
})

const isWithin = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.scrollingElement.scrollWidth <= innerWidth')

test('a phone has rooms, a room, the way back and a composer, and scrolls up and down only', async () => {
  const dee = await guest('Dee', '/', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const general = dee.page.getByRole('link', { name: /general/i })
  await general.waitFor()
  expect(await isWithin(dee.page)).toBe(true)
  await general.tap()
  const wide = `${'w'.repeat(300)}\n\n| ${'cell | '.repeat(20)}\n|${' --- |'.repeat(20)}\n\n\`\`\`\n${'code '.repeat(60)}\n\`\`\``
  await dee.page.locator('#composer').fill(wide)
  await dee.page.getByRole('button', { name: 'Send' }).tap()
  await message(dee.page, 'wwww').locator('pre').waitFor()
  await message(dee.page, 'wwww').locator('table').waitFor()
  expect(await isWithin(dee.page)).toBe(true)
  const box = await dee.page.locator('#composer').boundingBox()
  expect(box?.x).toBeGreaterThanOrEqual(0)
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390)
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(844)
  await dee.page.getByRole('link', { name: 'Back to the rooms' }).tap()
  await general.waitFor()
  expect(await dee.page.locator('#composer').isVisible()).toBe(false)
})

/**
 * Scrolls to the first message, 250 pixels a frame. Answers how many messages were drawn anew while they were on the
 * screen, and how many were seen in all.
 */
const scrollThrough = `(async () => {
  const scroller = document.querySelector('main section section')
  const visible = () => {
    const { top, bottom } = scroller.getBoundingClientRect()
    const messages = [...scroller.querySelectorAll('[data-message]')].filter((one) => {
      const box = one.getBoundingClientRect()
      return box.bottom > top && box.top < bottom
    })
    return new Map(messages.map((one) => [one.dataset.message, one]))
  }
  const seen = new Set()
  let redrawn = 0
  let before = visible()
  const isFirst = (one) => one.querySelector('.prose')?.textContent === 'plant 0'
  while (![...before.values()].some(isFirst)) {
    scroller.scrollTop -= 250
    await new Promise(requestAnimationFrame)
    const now = visible()
    for (const [id, element] of now) {
      seen.add(id)
      if (before.has(id) && before.get(id) !== element) redrawn += 1
    }
    before = now
  }
  return { redrawn, seen: seen.size }
})()`

test('who scrolls up comes to the first message, and nothing on the screen is drawn anew for what comes above', async () => {
  for (let sent = 0; sent < 240; sent += 80) {
    await Promise.all(Array.from({ length: 80 }, (_, place) => mira.send('garden', `plant ${sent + place}`).stored))
  }
  const eve = await guest('Eve', '/r/garden')
  await eve.page.getByRole('button', { name: 'Join' }).click()
  await message(eve.page, 'plant 239').waitFor()
  const { redrawn, seen } = await eve.page.evaluate<{ redrawn: number; seen: number }>(scrollThrough)
  expect(seen).toBeGreaterThan(60)
  expect(redrawn).toBe(0)
})

test('who comes into a long room for the first time is at its end, and nothing is called new', async () => {
  await Promise.all(Array.from({ length: 60 }, (_, place) => mira.send('general', `seed ${place}`).stored))
  const fay = await guest('Fay')
  await message(fay.page, 'seed 59').waitFor()
  expect((await message(fay.page, 'seed 59').boundingBox())?.y).toBeLessThan(800)
  expect(await fay.page.getByText('New', { exact: true }).count()).toBe(0)
})

test('who cannot come in is told why, in words', async () => {
  const { page, setOffline } = await open()
  await page.getByLabel('Your name').fill(owner.username)
  await page.keyboard.press('Enter')
  await page.getByText('This name belongs to an account. Choose another, or sign in.').waitFor()
  await page.getByRole('button', { name: 'Sign in with an account' }).click()
  await page.getByLabel('Name').fill(owner.username)
  await page.getByLabel('Password').fill('spelt and rye')
  await page.keyboard.press('Enter')
  await page.getByText('Name or password are wrong.').waitFor()
  await setOffline(true)
  await page.getByLabel('Password').fill(owner.password)
  await page.keyboard.press('Enter')
  await page.getByText('The server is not reached.').waitFor()
  await setOffline(false)
  await page.keyboard.press('Enter')
  await page.locator('#composer').waitFor()
})

test('the browser has nothing to complain about', () => expect(complaints).toEqual([]))
