/**
 * Builds the page if it is missing or older than its sources; does nothing else, and says nothing on standard output.
 * Made to be imported before a server starts: `node --import ./apps/web/build/fresh.ts`. Run by itself it fails where the
 * page cannot be built.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const home = join(import.meta.dirname, '..')
const root = join(home, '../..')
const dist = join(home, 'dist')
const stamp = join(dist, '.sources')

/** All that the page is made of, besides what is installed: that follows from the lock file. */
const sources = [
  'apps/web/{src,public,build}/**/*.*',
  'apps/web/{index.html,package.json,vite.config.ts}',
  'packages/{client,protocol}/src/**/*.ts',
  'package-lock.json',
]

const fingerprint = (): string => {
  const hash = createHash('sha256')
  for (const file of globSync(sources, { cwd: root }).sort()) {
    if (/\.test(-d)?\.tsx?$/.test(file)) continue
    hash.update(file).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

/** Builds beside the old page and changes the two at the end, so that who is served meanwhile is served a whole one. */
const build = (now: string): void => {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  const made = `${dist}-${process.pid}`
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn', '--outDir', made], {
    cwd: home,
    // Tests run in a mode of their own, and what they build is served afterwards too.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) {
    rmSync(made, { recursive: true, force: true })
    if (import.meta.main) process.exitCode = 1
    console.error(`The page could not be built.${import.meta.main ? '' : ' The server starts without the newest one.'}`)
    return
  }
  writeFileSync(join(made, '.sources'), now)
  const old = `${made}-old`
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(made, dist)
  rmSync(old, { recursive: true, force: true })
}

const now = fingerprint()
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== now) build(now)
