import { type Client, ParleyError, type Self } from '@parley/client'
import { failureOf } from '../failure.ts'
import { reportFaults } from '../faults.ts'
import { closeInput } from './input.ts'

/** A server that is there but busy is waited for. */
const isWaitedFor = ({ code }: ParleyError): boolean => code === 'rate_limited'

/**
 * Connects, at the first attempt: who calls a command wants to hear at once that there is no server. What is lost
 * later is tried again.
 * @throws ParleyError
 */
export const goOnline = async (client: Client): Promise<Self> => {
  const failed = Promise.withResolvers<never>()
  const forget = client.on('connection', (now) => {
    if (now.status === 'waiting' && !isWaitedFor(now.reason)) failed.reject(now.reason)
  })
  try {
    return await Promise.race([client.start(), failed.promise])
  } catch (error) {
    client.stop()
    throw error
  } finally {
    forget()
  }
}

/** Does something with a server; what it refuses is told in one line. @throws Failure */
export const withServer = async <T>(server: string, act: () => Promise<T>): Promise<T> => {
  reportFaults()
  try {
    return await act()
  } catch (error) {
    throw error instanceof ParleyError ? failureOf(error, server) : error
  } finally {
    closeInput()
  }
}
