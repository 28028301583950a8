import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The functions, each by its handler. */
export const functionNames = [
  'authorizer',
  'connect',
  'message',
  'disconnect',
  'http',
  'fan-out',
  'bot',
  'administer',
  'make-keys',
  'found',
] as const
export type FunctionName = (typeof functionNames)[number]

/** Makes of a module what a deployed function runs: one minified ES module, and besides it only what is imported late. */
export const bundleModule = async (entry: string, folder: string): Promise<void> => {
  const bundle = await rolldown({
    input: { index: entry },
    platform: 'node',
    resolve: { mainFields: ['module', 'main'] },
    logLevel: 'warn',
    // Importing a module of ours does nothing but define what it exports: what nobody uses of it is left out, and so are
    // words that nobody asks for.
    treeshake: {
      moduleSideEffects: (id) => (/[\\/]packages[\\/][a-z]+[\\/]src[\\/]/.test(id) ? false : undefined),
      manualPureFunctions: ['words'],
    },
  })
  try {
    await bundle.write({
      dir: folder,
      format: 'esm',
      minify: true,
      entryFileNames: '[name].mjs',
      chunkFileNames: '[name]-[hash].mjs',
      // What was written for CommonJS asks for modules of Node by a function that ES modules do not have.
      banner: "import{createRequire as ownRequire}from'node:module';const require=ownRequire(import.meta.url);",
    })
  } finally {
    await bundle.close()
  }
}

/** Bundles all functions into a folder, one folder each. */
export const bundleFunctions = async (folder: string): Promise<void> => {
  for (const name of functionNames) await bundleModule(source(`../src/handlers/${name}.ts`), join(folder, name))
}

const staticImport =
  /(?:^|[;}])(?:import|export)[^;()'"]*?from\s*["'](\.\/[^"']+)["']|(?:^|[;}])import\s*["'](\.\/[^"']+)["']/g

/** Bytes of what a function loads before it can take its first event: its module, and what that imports at once. */
export const bundleBytes = (folder: string, name: FunctionName): number => {
  const seen = new Set<string>()
  let bytes = 0
  const visit = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    const text = readFileSync(join(folder, name, file), 'utf8')
    bytes += Buffer.byteLength(text)
    for (const [, from, alone] of text.matchAll(staticImport)) visit(from ?? alone ?? '')
  }
  visit('index.mjs')
  return bytes
}
