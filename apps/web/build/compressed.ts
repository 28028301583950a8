import { readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const worthIt = new Set(['.js', '.css', '.html', '.svg', '.json', '.webmanifest'])
const smallest = promisify(brotliCompress)
const smaller = promisify(gzip)

const compress = async (file: string): Promise<void> => {
  const bytes = await readFile(file)
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  await Promise.all([
    smallest(bytes, { params }).then((made) => writeFile(`${file}.br`, made)),
    smaller(bytes, { level: 9 }).then((made) => writeFile(`${file}.gz`, made)),
  ])
}

/** Lays a `.br` and a `.gz` beside each text file of the page, so that no server compresses while somebody waits. */
export const compressed = (): Plugin => {
  let folder = ''
  return {
    name: 'compressed',
    apply: 'build',
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir)
    },
    async closeBundle() {
      const files = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && worthIt.has(extname(entry.name)))
        .map((entry) => join(entry.parentPath, entry.name))
      await Promise.all(files.map(compress))
    },
  }
}
