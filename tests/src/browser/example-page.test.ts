import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { expect, test } from 'vitest'
import { atEnd } from '../harness/at-end.ts'
import { newName, say, world } from '../harness/world.ts'
import { openBrowser } from './find-browser.ts'

const { deployment, visitor } = await world()
process.env.PARLEY_SERVER = deployment.url
const vite = await createServer({
  root: fileURLToPath(new URL('../../../examples', import.meta.url)),
  server: { port: 0 },
  logLevel: 'error',
})
delete process.env.PARLEY_SERVER
await vite.listen()
atEnd(() => vite.close())
const browser = await openBrowser()
atEnd(() => browser.close())

test('the page among the examples shows what is said, and sends what is written, over a reload too', async () => {
  const [bia, ana] = [await visitor(), newName('Ana')]
  await say(bia, 'general', 'before')
  const page = await browser.newPage()
  const faults: Error[] = []
  page.on('pageerror', (error) => faults.push(error))
  page.on('dialog', (dialog) => dialog.accept(ana))
  const messages = page.getByRole('listitem')
  await page.goto(`${vite.resolvedUrls?.local[0]}page.html`)
  await page.getByText(`You are ${ana}.`).waitFor()
  await messages.getByText('before').waitFor()
  await say(bia, 'general', 'hello <b>you</b>')
  await messages.getByText('hello <b>you</b>').waitFor()
  await page.getByLabel('Message').fill('and good day')
  await page.getByRole('button', { name: 'Send' }).click()
  const { message } = await bia.heard('message', ({ message: { text } }) => text === 'and good day')
  expect(message.from.name).toBe(ana)
  await page.reload()
  await page.getByText(`You are ${ana}.`).waitFor()
  await messages.getByText('and good day').waitFor()
  expect(await messages.allTextContents()).toEqual([
    `${bia.me.name} before`,
    `${bia.me.name} hello <b>you</b>`,
    `${ana} and good day`,
  ])
  expect(faults).toEqual([])
})
