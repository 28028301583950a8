import '../../../apps/web/build/fresh.ts'
import { expect, test } from 'vitest'
import { message, say, visitors } from './visitors.ts'

const { deployment, guest, complaints } = await visitors()

test('two people talk, answer, change and take back what they said', async () => {
  const [{ page: ana }, { page: bo }] = [await guest('Ana'), await guest('Bo')]
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
  const [{ page: eve }, { page: fay }] = [await guest('Eve'), await guest('Fay')]
  await deployment.kill()
  await say(eve, 'sent from the tunnel')
  await eve.getByText('Is sent when you are connected').waitFor()
  await deployment.restart({ PORT: new URL(deployment.url).port })
  await message(fay, 'sent from the tunnel').waitFor()
})

test('who reads further up is told of what is new, and stays where they are', async () => {
  const [{ page: gus }, { page: hal }] = [await guest('Gus'), await guest('Hal')]
  for (let number = 1; number <= 9; number += 1) await say(gus, Array(6).fill(`line ${number}`).join('\n'))
  await message(hal, 'line 9').waitFor()
  const scroller = hal.getByRole('region', { name: /Messages in/ })
  await scroller.hover()
  await hal.mouse.wheel(0, -900)
  await hal.getByRole('button', { name: 'Go to the latest' }).waitFor()
  const top = () => message(hal, 'line 5').boundingBox()
  const before = await top()
  await say(gus, 'something new')
  await hal.getByRole('button', { name: '1 new message' }).waitFor()
  expect(await top()).toEqual(before)
  await hal.getByRole('button', { name: '1 new message' }).click()
  await message(hal, 'something new').waitFor()
})

test('rooms, people and shortcuts are a key away', async () => {
  const { page: ida } = await guest('Ida')
  await ida.keyboard.press('Control+k')
  await ida.getByRole('combobox', { name: 'Go to a room or person' }).fill('keyboard')
  await ida.keyboard.press('Enter')
  await ida.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await ida.keyboard.press('Escape')
  await ida.getByRole('dialog').waitFor({ state: 'detached' })
})

test('the browser has nothing to complain about', () => {
  expect(complaints).toEqual([])
})
