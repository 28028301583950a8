import type { Server } from 'node:http'
import { Readable } from 'node:stream'
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { type Asked, askPastSockets, unsigned } from '../../../emulator/past-sockets.ts'

type Request = Omit<Asked, 'url'> & { readonly path: string }

/** Lets a client ask a server of the same process past its sockets. */
export const inProcess = (server: Server): Pick<DynamoDBClientConfig, 'requestHandler' | 'signer'> => ({
  signer: {
    sign: async (request) => {
      Object.assign(request.headers, unsigned)
      return request
    },
  },
  requestHandler: {
    handle: async ({ method, path, headers, body }: Request) => {
      const { status, headers: answered, text } = await askPastSockets(server, { method, url: path, headers, body })
      return { response: { statusCode: status, headers: answered, body: Readable.from([Buffer.from(text)]) } }
    },
    destroy: () => {},
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
    metadata: { handlerProtocol: 'http/1.1' },
  } as never,
})
