import { type Client, createClient, type Session, webOutbox } from '@parley/client'
import type { Config } from './config.ts'
import { keptSession } from './kept-session.ts'

/** Why somebody who was signed in has to sign in again. */
export type Farewell = 'signed_out' | 'banned'

/**
 * A client of this browser's session: started, its outbox kept over reloads, its token kept when it is renewed.
 * @param ended the session is over, and forgotten
 */
export const openClient = (server: Config, session: Session, ended: (why: Farewell) => void): Client => {
  const client = createClient({ server, session, outbox: webOutbox(localStorage) })
  client.on('session', (renewed) => keptSession.set(renewed))
  client.on('connection', (now) => {
    if (now.status !== 'ended') return
    ended(now.reason.code === 'banned' || now.reason.code === 'forbidden' ? 'banned' : 'signed_out')
  })
  client.start().catch(() => {
    // Said by the connection's state.
  })
  return client
}
