import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { bundleModule, type FunctionName } from '../infra/bundle.ts'

const run = promisify(execFile)

/** Milliseconds of a processor that it takes to import a module: the median of some processes, in turn with others. */
export interface ImportTime {
  readonly name: string
  readonly ms: number
  /** Times that of a bundle with nothing but DynamoDB's client. */
  readonly times: number
}

/**
 * Processor time, so that what else the machine does is left out. What Node needs to ask over the network is loaded before:
 * the functions ask for their keys when they begin, the other only with its first event.
 */
const script = `await import('node:http')
const began = process.cpuUsage()
await import(process.argv[1])
const { user, system } = process.cpuUsage(began)
console.log((user + system) / 1000)
process.exit(0)`

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** What functions ask for when they begin. */
const serveParameters = async () => {
  const Value = JSON.stringify({ tokens: 'x'.repeat(43), origin: 'x'.repeat(43) })
  const server = createServer((_, response) => {
    response.end(JSON.stringify({ Parameter: { Value } }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return { server, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/**
 * Measures how long the bundles of a folder take until they can take an event, each process anew, as at a cold start but
 * for the machine. Bundles the one that they are compared with into the same folder.
 */
export const importTimes = async (
  bundles: string,
  names: readonly FunctionName[],
  rounds: number,
): Promise<readonly ImportTime[]> => {
  const alone = 'dynamo-alone'
  await bundleModule(fileURLToPath(new URL(`./${alone}.ts`, import.meta.url)), join(bundles, alone))
  const { server, endpoint } = await serveParameters()
  const env = {
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
    PARLEY_TABLE: 'table',
    PARLEY_TOPIC: 'arn:aws:sns:us-east-1:123456789012:topic',
    PARLEY_QUEUE: 'arn:aws:sqs:us-east-1:123456789012:queue',
    PARLEY_SOCKETS: 'https://sockets.example/ws',
    PARLEY_COMPAT_SOCKETS: 'https://sockets.example/compat',
    PARLEY_KEYS: '/keys',
  }
  const taken = new Map<string, number[]>([alone, ...names].map((name) => [name, []]))
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, all] of taken) {
        const file = pathToFileURL(join(bundles, name, 'index.mjs')).href
        const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script, file], { env })
        all.push(Number(stdout))
      }
    }
  } finally {
    server.closeAllConnections()
    server.close()
  }
  const base = median(taken.get(alone) ?? [])
  return [...taken].map(([name, all]) => ({ name, ms: median(all), times: median(all) / base }))
}
