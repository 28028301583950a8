import '../../../apps/web/build/fresh.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { barriers } from './barriers.ts'
import { visitors } from './visitors.ts'

let owner: Page
let pia: Page
const { deployment, open, complaints } = await visitors({}, { reducedMotion: 'reduce' })

const menuOf = async (page: Page): Promise<readonly string[]> => {
  await page.getByRole('button', { name: 'Your settings' }).click()
  const items = await page.getByRole('menuitem').allInnerTexts()
  await page.keyboard.press('Escape')
  return items
}

test('the link that the server prints makes its owner, who comes in by it', async () => {
  const [, link = ''] = /^Make the first owner: (\S+)$/m.exec(deployment.process.output().err) ?? []
  owner = (await open(link)).page
  expect(await barriers(owner)).toEqual([])
  await owner.getByLabel('Your name').fill('Olga')
  await owner.getByLabel('Password').fill('a good password')
  await owner.keyboard.press('Enter')
  await owner.locator('#composer').waitFor()
  expect(await menuOf(owner)).toContain('Administration')
})

test('somebody whom an admin adds comes in by the link that the admin was given', async () => {
  await owner.goto(`${deployment.url}/admin/people`)
  await owner.getByRole('button', { name: 'Add a person' }).click()
  await owner.getByLabel('Name', { exact: true }).fill('Pia')
  await owner.getByRole('button', { name: 'Add', exact: true }).click()
  const link = await owner.getByRole('textbox', { name: 'Link for Pia' }).inputValue()
  await owner.getByRole('button', { name: 'Done' }).click()
  await owner.getByRole('listitem').filter({ hasText: 'Pia' }).first().waitFor()
  pia = (await open(link)).page
  await pia.getByLabel('New password').fill('another good one')
  await pia.keyboard.press('Enter')
  await pia.locator('#composer').waitFor()
})

test('who is no admin is shown no way to the pages for admins, and is refused there', async () => {
  expect(await menuOf(pia)).not.toContain('Administration')
  await pia.goto(`${deployment.url}/admin/people`)
  await pia.getByRole('heading', { name: 'This page is for admins' }).waitFor()
  const answer = await pia.evaluate(async () => {
    const { token } = JSON.parse(localStorage.getItem('parley-session') ?? '{}')
    return (await fetch('/api/accounts', { headers: { authorization: `Bearer ${token}` } })).status
  })
  expect(answer).toBe(403)
})

test('what is said to everybody reaches everybody, until they put it away', async () => {
  await owner.goto(`${deployment.url}/admin/broadcast`)
  await owner.getByLabel('What everybody should know').fill('Cake at four')
  await owner.getByRole('button', { name: 'Say it to everybody' }).click()
  await pia.getByText('To everybody, from Olga').waitFor()
  await pia.getByText('Cake at four').waitFor()
  await pia.getByRole('button', { name: 'Dismiss' }).click()
  await pia.getByText('Cake at four').waitFor({ state: 'detached' })
})

test('a bot, its token and a webhook are made, and shown once', async () => {
  await owner.goto(`${deployment.url}/admin/bots`)
  await owner.getByRole('button', { name: 'Add a bot' }).click()
  await owner.getByLabel('Name', { exact: true }).fill('Hearth')
  await owner.getByLabel('Who speaks for it').selectOption('outside')
  await owner.getByRole('button', { name: 'Add', exact: true }).click()
  expect(await owner.getByRole('textbox', { name: 'Token for Hearth' }).inputValue()).toMatch(/^\S{20,}$/)
  await owner.getByRole('button', { name: 'Done' }).click()
  await owner.getByRole('button', { name: 'Add a webhook' }).click()
  await owner.getByLabel('Name', { exact: true }).fill('Build server')
  await owner.getByRole('button', { name: 'Add', exact: true }).click()
  const address = await owner.getByRole('textbox', { name: 'Address for Build server' }).inputValue()
  await owner.getByRole('button', { name: 'Done' }).click()
  const said = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'The build is green' }),
  })
  expect(said.status).toBe(201)
  await pia.goto(`${deployment.url}/r/general`)
  await pia.getByText('The build is green').waitFor()
})

test('an admin may keep somebody out, who is told so', async () => {
  await owner.goto(`${deployment.url}/admin/people`)
  await owner.getByRole('button', { name: 'What to do with Pia' }).click()
  await owner.getByRole('menuitem', { name: 'Ban' }).click()
  await owner.getByRole('dialog').getByRole('button', { name: 'Ban' }).click()
  await owner.getByText('Banned').waitFor()
  await pia.getByText('This account may not come in any more.').waitFor()
})

test.each(['people', 'rooms', 'connections', 'broadcast', 'bots', 'usage'])(
  'nobody is kept from using the page for admins: %s',
  async (name) => {
    await owner.goto(`${deployment.url}/admin/${name}`)
    await owner.getByRole('heading', { level: 2 }).first().waitFor()
    await owner.locator('main [role=status] .sr-only').waitFor({ state: 'detached' })
    expect(await barriers(owner)).toEqual([])
  },
)

test('the browser has nothing to complain about', () => {
  expect(complaints).toEqual([])
})
