import axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** People with browsers of their own, and what went wrong in these. */
export interface Visits {
  /** Somebody new at an address. */
  open(url: string, options?: BrowserContextOptions): Promise<Page>
  readonly complaints: readonly string[]
}

/** What a browser says about a server that is not there, or answers with a refusal, is not about the page. */
const isExpected = /WebSocket|Failed to load/

/** Less than a test may take, so that it says what it has waited for. */
const waitMs = 15_000

export const visits = (browser: () => Browser): Visits => {
  const complaints: string[] = []
  return {
    complaints,
    async open(url, options) {
      const context = await browser().newContext({
        locale: 'en-GB',
        viewport: { width: 1280, height: 800 },
        reducedMotion: 'reduce',
        ...options,
      })
      context.setDefaultTimeout(waitMs)
      const page = await context.newPage()
      page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
      page.on('console', (message) => {
        if (message.type() === 'error' && !isExpected.test(message.text())) complaints.push(message.text())
      })
      await page.goto(url)
      return page
    },
  }
}

/** What axe finds on a page that keeps somebody from using it, each with where it is. */
export const barriers = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}
