import '../../../apps/web/build/fresh.ts'
import { expect, test } from 'vitest'
import { message, say, visitors } from './visitors.ts'

const { deployment, guest, complaints } = await visitors()
// A browser of one's own, and coming in, is most of what each of them would cost.
const [{ page: ana }, { page: bo }] = await Promise.all([guest('Ana'), guest('Bo')])

test('two people talk, answer, change and take back what they said', async () => {
  await say(ana, 'Hello **Bo**, see `this`')
  await message(bo, 'Hello Bo, see this').waitFor()
  expect(await message(bo, 'Hello Bo').locator('strong').innerText()).toBe('Bo')

  await message(bo, 'Hello Bo').hover()
  await bo.getByRole('button', { name: 'Reply' }).click()
  await say(bo, 'Hello Ana')
  await message(ana, 'Hello Ana').waitFor()

  await message(ana, 'Hello Ana').hover()
  await ana.getByRole('button', { name: 'React with 👍' }).click()
  await message(bo, 'Hello Ana')
    .getByRole('button', { name: /Ana reacted with 👍/ })
    .waitFor()

  await bo.locator('#composer').press('ArrowUp')
  await bo.getByLabel('Edit the message').fill('Hello dear Ana')
  await bo.keyboard.press('Enter')
  await message(ana, 'Hello dear Ana').getByText('edited').waitFor()

  await message(bo, 'Hello dear Ana').hover()
  await bo.getByRole('button', { name: 'More' }).click()
  await bo.getByRole('menuitem', { name: 'Delete' }).click()
  await bo.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await message(ana, 'This message was deleted.').waitFor()
})

test('who is mentioned is found by a few letters', async () => {
  const { page: cy } = await guest('Cyril')
  await cy.locator('#composer').pressSequentially('hi @cyr')
  await cy.getByRole('option', { name: 'Cyril' }).waitFor()
  await cy.keyboard.press('Enter')
  expect(await cy.locator('#composer').inputValue()).toBe('hi @Cyril ')
  await cy.keyboard.press('Enter')
  expect(await message(cy, 'hi @Cyril').locator('.mention-me').innerText()).toBe('@Cyril')
})

test('an address of a message leads there after signing in, and what is written is kept over a reload', async () => {
  const { page: dee } = await guest('Dee', '/r/general/1')
  expect(new URL(dee.url()).pathname).toBe('/r/general/1')
  await message(dee, 'Hello Bo').waitFor()
  await dee.locator('#composer').fill('not finished')
  await dee.reload()
  await dee.locator('#composer').waitFor()
  expect(await dee.locator('#composer').inputValue()).toBe('not finished')
})

test('what is written while the server is away is sent when it is back', async () => {
  await deployment.kill()
  await say(ana, 'sent from the tunnel')
  await ana.getByText('Is sent when you are connected').waitFor()
  await deployment.restart({ PORT: new URL(deployment.url).port })
  await message(bo, 'sent from the tunnel').waitFor()
})

test('who reads further up is told of what is new, and stays where they are', async () => {
  for (let number = 1; number <= 9; number += 1) await say(ana, Array(6).fill(`line ${number}`).join('\n'))
  await message(bo, 'line 9').waitFor()
  const scroller = bo.getByRole('region', { name: /Messages in/ })
  await scroller.hover()
  await bo.mouse.wheel(0, -900)
  await bo.getByRole('button', { name: 'Go to the latest' }).waitFor()
  const top = () => message(bo, 'line 5').boundingBox()
  const before = await top()
  await say(ana, 'something new')
  await bo.getByRole('button', { name: '1 new message' }).waitFor()
  expect(await top()).toEqual(before)
  await bo.getByRole('button', { name: '1 new message' }).click()
  await message(bo, 'something new').waitFor()
})

test('rooms, people and shortcuts are a key away', async () => {
  await ana.keyboard.press('Control+k')
  await ana.getByRole('combobox', { name: 'Go to a room or person' }).fill('keyboard')
  await ana.keyboard.press('Enter')
  await ana.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await ana.keyboard.press('Escape')
  await ana.getByRole('dialog').waitFor({ state: 'detached' })
})

test('the browser has nothing to complain about', () => {
  expect(complaints).toEqual([])
})
