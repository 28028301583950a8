import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page, WebSocketRoute } from 'playwright-core'
import { afterAll, afterEach } from 'vitest'
import type { Settings } from '../harness/deployment.ts'
import { type NodeDeployment, nodeDeployment } from '../harness/node-deployment.ts'
import { openBrowser } from './find-browser.ts'

/** Somebody with a browser of their own. */
export interface Visitor {
  readonly context: BrowserContext
  readonly page: Page
  /** Takes the network away: what is open breaks off, and nothing is reached until it is given back. */
  readonly setOffline: (isOffline: boolean) => Promise<void>
}

export interface Visitors {
  readonly deployment: NodeDeployment
  /** What pages have thrown or written as errors; what the network refuses is left out. */
  readonly complaints: readonly string[]
  /** Opens an address, or a path of the server, in a browser without anything kept. */
  readonly open: (address?: string, device?: BrowserContextOptions) => Promise<Visitor>
  /** The same, and comes in as a guest. */
  readonly guest: (name: string, address?: string, device?: BrowserContextOptions) => Promise<Visitor>
  /** One more page of the same browser. */
  readonly tab: (context: BrowserContext, address: string) => Promise<Page>
}

const desk = { locale: 'en-GB', viewport: { width: 1280, height: 800 } }

/** What a browser says about a server that is not there, or answers with a refusal, is not about the page. */
const isExpected = /WebSocket|Failed to load/

/** Less than a test may take, so that it says what it has waited for. */
const waitMs = 15_000

/** A server and a browser for all of a test file. `usual`: what all its visitors have. */
export const visitors = async (settings: Settings = {}, usual: BrowserContextOptions = {}): Promise<Visitors> => {
  const opened: [NodeDeployment, Browser] = await Promise.all([nodeDeployment(settings), openBrowser()])
  const [deployment, browser] = opened
  afterAll(async () => {
    await browser.close()
    await deployment.dispose()
  })
  const complaints: string[] = []
  const pages = new Set<Page>()
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    for (const page of pages) {
      const text = await page.evaluate<string>('document.body.innerText').catch(String)
      console.error(`What ${page.url()} showed:\n${text.slice(-2_000)}\n`)
    }
  })
  const tab = async (context: BrowserContext, address: string): Promise<Page> => {
    const page = await context.newPage()
    pages.add(page)
    page.on('close', () => pages.delete(page))
    page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
    page.on('console', (said) => {
      if (said.type() === 'error' && !isExpected.test(said.text())) complaints.push(said.text())
    })
    await page.goto(new URL(address, deployment.url).href)
    return page
  }
  const open = async (address = '/', device: BrowserContextOptions = {}): Promise<Visitor> => {
    const context = await browser.newContext({ ...desk, ...usual, ...device })
    context.setDefaultTimeout(waitMs)
    const sockets = new Set<WebSocketRoute>()
    // A browser that is told to be offline leaves sockets alone that are open already.
    await context.routeWebSocket(/./, (socket) => {
      socket.connectToServer()
      sockets.add(socket)
    })
    const setOffline = async (isOffline: boolean): Promise<void> => {
      await context.setOffline(isOffline)
      if (isOffline) for (const socket of sockets) await socket.close()
      sockets.clear()
    }
    return { context, setOffline, page: await tab(context, address) }
  }
  return {
    deployment,
    complaints,
    open,
    guest: async (name, address, device) => {
      const visitor = await open(address, device)
      await visitor.page.getByLabel('Your name').fill(name)
      await visitor.page.keyboard.press('Enter')
      await visitor.page.locator('main form').waitFor({ state: 'detached' })
      await visitor.page.locator('#main').waitFor({ state: 'attached' })
      return visitor
    },
    tab,
  }
}

/** Writes a message and sends it. */
export const say = async (page: Page, text: string): Promise<void> => {
  await page.locator('#composer').fill(text)
  await page.keyboard.press('Enter')
}

/** Messages in which this stands. */
export const message = (page: Page, text: string): Locator =>
  page.locator('article[data-message]').filter({ hasText: text })
