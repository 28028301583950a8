/**
 * Measures the page in a browser: `npm run bench:web`. Prints what the first load costs, how long it takes until one can
 * write, and the longest tasks while a reply of 2,000 tokens streams in and while 10,000 messages are scrolled through.
 */
import { type Client, createClient, signIn } from '@parley/client'
import type { Page } from 'playwright-core'
import { nodeDeployment } from '../harness/node-deployment.ts'
import { openBrowser } from './find-browser.ts'
import { type Tasks, watchTasks } from './watch-tasks.ts'

const owner = { username: 'Mira', password: 'rye and spelt' }
const messages = Number(process.env.MESSAGES ?? 10_000)
const tokens = 2_000

const fill = async (client: Client): Promise<void> => {
  for (let sent = 0; sent < messages; sent += 200) {
    const batch = Array.from({ length: Math.min(200, messages - sent) }, (_, place) => {
      const number = sent + place
      const text =
        number % 25 === 0
          ? `Step ${number}\n\n\`\`\`ts\nconst a = ${number}\n\`\`\``
          : `Message ${number} `.repeat(1 + (number % 9))
      return client.send('general', text).stored
    })
    await Promise.all(batch)
  }
}

const inWords = ({ longest, over50, longestCpu, over50Cpu }: Tasks): string =>
  `${over50Cpu} tasks took the processor over 50 ms, the longest ${longestCpu} ms (by the clock ${over50}, ${longest} ms)`

/** What came of scripts, in KB as they were sent: what the page needs, and what colours code, which is loaded where there is some. */
const scriptsOf = async (page: Page): Promise<{ readonly page: number; readonly colours: number }> => {
  const sent = await page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name }) => name.endsWith('.js'))
      .map(({ name, encodedBodySize }) => ({ name, size: encodedBodySize })),
  )
  const sum = (isColours: boolean): number =>
    sent.reduce((all, { name, size }) => all + (name.includes('highlight') === isColours ? size : 0), 0)
  return { page: Math.round(sum(false) / 1_000), colours: Math.round(sum(true) / 1_000) }
}

/** What is scrolled. */
const scroller = `document.querySelector('main section section')`

/** Scrolls to the beginning of the room, three hundred pixels a frame, which is faster than a hand does. */
const scrollThrough = (page: Page): Promise<number> =>
  page.evaluate<number>(`(async () => {
    const scroller = ${scroller}
    let steps = 0
    for (let still = 0; still < 120; steps += 1) {
      const before = scroller.scrollTop
      scroller.scrollTop -= 300
      await new Promise(requestAnimationFrame)
      still = scroller.scrollTop === before ? still + 1 : 0
    }
    return steps
  })()`)

const stream = async (server: string, mira: Client): Promise<void> => {
  const { bot } = await mira.call('POST /api/bots', { body: { name: 'Hearth', runs: 'outside' } })
  const { token } = await mira.call('POST /api/bots/{user}/tokens', { params: { user: bot.id } })
  const client = createClient({ server, session: { token } })
  await client.start()
  await client.join('general').catch(() => {})
  const reply = client.reply('general')
  for (let token = 0; token < tokens; token += 1) {
    const piece =
      token % 100 === 99 ? '\n\n' : token % 400 === 200 ? '\n\n```ts\nconst a = 1\n```\n\n' : `word${token} `
    reply.write(piece)
    if (token % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 16))
  }
  await reply.end()
  client.stop()
}

const deployment = await nodeDeployment()
await deployment.addAccount(owner.username, 'owner', owner.password)
const session = await signIn(deployment.url, owner)
const mira = createClient({ server: deployment.url, session, maxGap: Number.POSITIVE_INFINITY })
await mira.start()
await fill(mira)
const browser = await openBrowser()
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' })
  page.on('pageerror', (error) => console.error(error))
  await page.addInitScript((kept) => localStorage.setItem('parley-session', kept), JSON.stringify(session))
  await page.goto(`${deployment.url}/r/general`)
  await page.waitForSelector('#composer')
  const ready = await page.evaluate(() => Math.round(performance.now()))
  await page.waitForSelector('[data-message]')
  const read = await page.evaluate(() => Math.round(performance.now()))
  const scripts = await scriptsOf(page)
  console.log(
    `first load: ${scripts.page} KB of script, and ${scripts.colours} KB for code; composer after ${ready} ms, messages after ${read} ms`,
  )
  const streaming = await watchTasks(page, () => stream(deployment.url, mira))
  await page.waitForTimeout(1_000)
  const gap = await page.evaluate<number>(
    `(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)(${scroller})`,
  )
  console.log(`stream of ${tokens} tokens: ${inWords(streaming)}; ${gap} px from the end`)
  let screens = 0
  const scrolling = await watchTasks(page, async () => {
    screens = await scrollThrough(page)
  })
  console.log(`scroll through ${messages} messages, ${screens} steps: ${inWords(scrolling)}`)
  const first = await page.locator('[data-message]').first().innerText()
  console.log(`at the top: ${first.split('\n').slice(0, 3).join(' | ')}`)
} finally {
  await browser.close()
  mira.stop()
  await deployment.dispose()
}
