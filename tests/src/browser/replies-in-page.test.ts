import '../../../apps/web/build/fresh.ts'
import { asGuest, createClient } from '@parley/client'
import { expect, test } from 'vitest'
import { provider } from '../harness/model.ts'
import { message, say, visitors } from './visitors.ts'

const model = await provider()
const { deployment, guest, tab, complaints } = await visitors(model.settings)
const [ana, bo] = [await guest('Ana'), await guest('Bo')]

/** Notes each state in which a reply that begins with some words is seen, from the first on. */
const watchReply = (begins: string): string => `
  window.states = []
  new MutationObserver(() => {
    for (const { textContent } of document.querySelectorAll('article .prose')) {
      if (textContent.startsWith(${JSON.stringify(begins)}) && textContent !== window.states.at(-1)) {
        window.states.push(textContent)
      }
    }
  }).observe(document, { subtree: true, childList: true, characterData: true })`

const words = (from: number, count: number): string =>
  Array.from({ length: count }, (_, place) => ` word${from + place}`).join('')

test('a reload in mid-stream goes on where the reply was, and it ends exact', async () => {
  const next = model.next()
  await say(ana.page, '@assistant tell me a story')
  const speaker = await next
  const before = `Once upon a time${words(0, 60)}`
  speaker.say(before)
  await message(ana.page, 'word59').waitFor()

  await ana.context.addInitScript(watchReply('Once'))
  await ana.page.reload()
  await message(ana.page, 'word59').waitFor()
  for (const from of [60, 80, 100]) speaker.say(words(from, 20))
  await message(ana.page, 'word119').waitFor()
  speaker.end()
  await message(ana.page, 'Once').getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' })

  const whole = before + words(60, 60)
  expect(await message(ana.page, 'Once').locator('.prose').innerText()).toBe(whole)
  const states = await ana.page.evaluate<string[]>('window.states')
  expect(states[0]).toContain(before)
  expect(states.length).toBeGreaterThan(3)
  const lengths = states.map((state) => state.length)
  expect(lengths).toEqual(lengths.toSorted((one, other) => one - other))
  expect(states.filter((state) => !whole.startsWith(state))).toEqual([])
})

const idOf = (page: typeof ana.page, text: string) => message(page, text).getAttribute('data-message')

test('who asked stops a reply, asks for another, and pages: both see the same', async () => {
  const next = model.next()
  await say(ana.page, '@assistant count to a million')
  const speaker = await next
  speaker.say('One, two, three')
  await message(bo.page, 'One, two, three').waitFor()
  const stop = { name: 'Stop', exact: true }
  expect(await message(bo.page, 'One, two').getByRole('button', stop).count()).toBe(0)
  await message(ana.page, 'One, two').getByRole('button', stop).click()
  await speaker.hungUp
  for (const { page } of [ana, bo]) await message(page, 'One, two, three').getByText('Stopped by Ana.').waitFor()

  const reply = { ana: await idOf(ana.page, 'One, two'), bo: await idOf(bo.page, 'One, two') }
  expect(reply.ana).toBe(reply.bo)
  const seen = ({ page }: typeof ana) => page.locator(`article[data-message="${reply.ana}"]`)
  await seen(ana).getByText('Try again').click()
  for (const person of [ana, bo]) {
    await seen(person).getByText('Hello there.').waitFor()
    await seen(person).getByText('2 / 2').waitFor()
  }
  expect(await seen(bo).getByRole('button', { name: 'Previous answer' }).count()).toBe(0)
  await seen(ana).getByRole('button', { name: 'Previous answer' }).click()
  for (const person of [ana, bo]) {
    await seen(person).getByText('1 / 2').waitFor()
    await seen(person).getByText('One, two, three').waitFor()
  }
})

test('what the server refuses is said in words', async () => {
  const prompt = message(ana.page, 'count to a million')
  await prompt.hover()
  await prompt.getByRole('button', { name: 'More' }).click()
  await ana.page.getByRole('menuitem', { name: 'Delete' }).click()
  await ana.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await prompt.waitFor({ state: 'detached' })
  await message(ana.page, 'One, two, three').getByText('Try again').click()
  await ana.page.getByText('This cannot be done as things stand.').waitFor()
})

/** Counts the frames in which a pointer reaches a button of a message, and those in which it does not. */
const watchButton = (name: string): string => `
  window.pointer = { reached: 0, missed: 0 }
  const look = () => {
    const button = [...document.querySelectorAll('article button')].find((one) => one.textContent === ${JSON.stringify(name)})
    if (!button) return
    window.pointer[getComputedStyle(button).pointerEvents === 'none' ? 'missed' : 'reached'] += 1
    requestAnimationFrame(look)
  }
  look()`

test('a reply can be stopped at any moment while the list follows it', async () => {
  const next = model.next()
  await say(ana.page, '@assistant name every number')
  const speaker = await next
  speaker.say('Number 0.\n\n')
  await message(ana.page, 'Number 0.').waitFor()
  await ana.page.evaluate(watchButton('Stop'))
  for (let number = 1; number <= 40; number += 1) {
    speaker.say(`Number ${number}.\n\n`)
    await message(ana.page, `Number ${number}.`).waitFor()
  }
  const { reached, missed } = await ana.page.evaluate<{ reached: number; missed: number }>('window.pointer')
  expect(reached).toBeGreaterThan(40)
  expect(missed).toBe(0)
  const stop = await message(ana.page, 'Number 0.').getByRole('button', { name: 'Stop' }).boundingBox()
  await ana.page.mouse.click((stop?.x ?? 0) + 20, (stop?.y ?? 0) + 10)
  await speaker.hungUp
})

test('a code block that is not closed yet stays the same one while it grows', async () => {
  const next = model.next()
  await bo.page.evaluate(watchReply('Like this'))
  await say(ana.page, '@assistant show me')
  const speaker = await next
  speaker.say('Like this:\n\n')
  await message(bo.page, 'Like this').waitFor()
  for (const piece of ['``', '`t', 's\nconst', ' first = 1\n']) speaker.say(piece)
  const block = message(bo.page, 'Like this').locator('pre')
  await block.getByText('first = 1').waitFor()
  await bo.page.evaluate(`window.block = document.querySelector('article pre')`)
  const isThere = () => bo.page.evaluate('window.block.isConnected')
  speaker.say('const second = 2\n')
  await block.getByText('second = 2').waitFor()
  expect(await isThere()).toBe(true)
  for (const piece of ['`', '``\n\nAnd **th', 'at** is all.']) speaker.say(piece)
  await message(bo.page, 'that is all.').waitFor()
  expect(await isThere()).toBe(true)
  speaker.end()
  await block.locator('.hljs-keyword').first().waitFor()
  expect(await isThere()).toBe(true)
  expect(await block.innerText()).toBe('const first = 1\nconst second = 2\n')
  const states = await bo.page.evaluate<string[]>('window.states')
  expect(states.filter((state) => /[`*]/.test(state))).toEqual([])
})

test('who was away is told what they missed, and nobody else is', async () => {
  await bo.page.close()
  const eve = createClient({ server: deployment.url, session: await asGuest(deployment.url, 'Eve') })
  await eve.start()
  await Promise.all(Array.from({ length: 12 }, (_, number) => eve.send('general', `bread number ${number}`).stored))
  eve.stop()
  const page = await tab(bo.context, '/r/general')
  const next = model.next()
  await page.getByRole('button', { name: 'Catch me up' }).click()
  const speaker = await next
  speaker.say('Eve counted **nine** loaves')
  const note = page.getByRole('complementary', { name: 'For you only' })
  await note.getByText('Eve counted nine loaves').waitFor()
  speaker.say(' of bread.')
  speaker.end()
  await note.getByText('Eve counted nine loaves of bread.').waitFor()
  await say(page, 'Thank you')
  await ana.page.locator('#composer').press('Escape')
  await message(ana.page, 'Thank you').waitFor()
  expect(await ana.page.getByText('nine').count()).toBe(0)
  expect(await message(page, 'nine').count()).toBe(0)
})

test('the browser has nothing to complain about', () => expect(complaints).toEqual([]))
