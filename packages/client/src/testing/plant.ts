import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { createClient } from '../client.ts'
import type { PlantedBug } from './planted-bugs.ts'

type CreateClient = typeof createClient

/** Makes a copy of the library, with a bug if one is given, and does something with it. */
export const withPlanted = async <T>(
  bug: PlantedBug | undefined,
  act: (createClient: CreateClient) => Promise<T>,
): Promise<T> => {
  const directory = mkdtempSync(join(tmpdir(), 'parley-client-'))
  try {
    const source = join(import.meta.dirname, '..')
    cpSync(source, directory, {
      recursive: true,
      filter: (path) => !/\.test|testing|react/.test(path.slice(source.length)),
    })
    if (bug) {
      const path = join(directory, bug.file)
      const parts = readFileSync(path, 'utf8').split(bug.right)
      if (parts.length !== 2) throw new Error(`${bug.file} has this ${parts.length - 1} times: ${bug.right}`)
      writeFileSync(path, parts.join(bug.wrong))
    }
    const made = (await import(pathToFileURL(join(directory, 'client.ts')).href)) as { createClient: CreateClient }
    return await act(made.createClient)
  } finally {
    rmSync(directory, { recursive: true })
  }
}
