import { request } from 'node:http'
import { join, relative } from 'node:path'
import type { Answers, CommandOf, Refusal } from '@parley/core'
import type { AdminAction } from './administration.ts'

/** The system's limit for the path of a socket file, in bytes; shorter ones of the two ways to say it are tried. */
const pathBytes = 103
const bodyBytes = 64 * 1024

/** The socket file of a data folder, which only its owner may use: mode 0600 in a folder of mode 0700. */
export const adminSocketPath = (data: string): string => {
  const absolute = join(data, 'parley.sock')
  const near = relative(process.cwd(), absolute)
  const path = near.length < absolute.length ? near : absolute
  if (Buffer.byteLength(path) > pathBytes) {
    throw new Error(`The path of the data folder is too long for a socket file: ${absolute}`)
  }
  return path
}

export const readBody = async (stream: AsyncIterable<Buffer>): Promise<string> => {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of stream) {
    length += piece.length
    if (length > bodyBytes) throw new Error('The request is too large.')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString()
}

/** Asks the running server of a data folder; undefined when none runs. */
export const askAdministration = <A extends AdminAction>(
  data: string,
  command: CommandOf<A>,
): Promise<Answers[A] | Refusal | undefined> =>
  new Promise((resolve, reject) => {
    const outgoing = request({ socketPath: adminSocketPath(data), method: 'POST' }, async (response) => {
      try {
        const body = JSON.parse(await readBody(response))
        if (response.statusCode !== 200) throw new Error(body.message)
        resolve(body.answer)
      } catch (error) {
        reject(error)
      }
    })
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined)
      else reject(error)
    })
    outgoing.end(JSON.stringify(command))
  })
