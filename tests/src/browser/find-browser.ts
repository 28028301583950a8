import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Where systems keep a browser of this kind. */
const known = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** A browser that is installed (`CHROME_PATH` says where), else one that comes as a package. */
const findBrowser = async (): Promise<{ readonly executablePath: string; readonly args: readonly string[] }> => {
  const installed = [process.env.CHROME_PATH, ...known].find((path) => path && existsSync(path))
  if (installed) return { executablePath: installed, args: [] }
  const { default: packaged } = await import('@sparticuz/chromium')
  return { executablePath: await packaged.executablePath(), args: packaged.args }
}

/** Opens a browser without a window. */
export const openBrowser = async (): Promise<Browser> => {
  const { executablePath, args } = await findBrowser()
  const isRoot = process.getuid?.() === 0
  return chromium.launch({ executablePath, args: [...args, ...(isRoot ? ['--no-sandbox'] : [])] })
}
