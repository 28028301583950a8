import type { Client, Session } from '@parley/client'
import { ParleyProvider } from '@parley/client/react'
import { type ReactElement, type ReactNode, useEffect, useState } from 'react'
import { useStored } from '../preferences/stored.ts'
import { usePlace } from '../router/router.ts'
import type { Config } from './config.ts'
import { keptSession } from './kept-session.ts'
import { type Farewell, openClient } from './open-client.ts'
import { SignInPage } from './sign-in-page.tsx'

interface SessionGateProps {
  readonly config: Config
  readonly children: ReactNode
}

interface Opened {
  readonly user: string
  readonly client: Client
}

/** Who a session is of; a session that does not say is that of its token. */
const ownerOf = ({ user, token }: Session): string => user?.id ?? token

/** Lets in who is signed in; everybody else sees how to. One client lives as long as one is the same person. */
export const SessionGate = ({ config, children }: SessionGateProps): ReactElement | null => {
  const [session, keep] = useStored(keptSession)
  const [farewell, setFarewell] = useState<Farewell>()
  const [opened, setOpened] = useState<Opened>()
  const place = usePlace()
  const owner = session && ownerOf(session)

  useEffect(() => {
    const current = keptSession.get()
    if (!owner || !current) return
    const client = openClient(config, current, (why) => {
      setFarewell(why)
      keptSession.set(undefined)
    })
    setOpened({ user: owner, client })
    return () => {
      setOpened(undefined)
      client.stop()
    }
  }, [config, owner])

  const isLink = place.at === 'first-owner' || place.at === 'password'
  if (!session || isLink) {
    const enter = (next: Session): void => {
      setFarewell(undefined)
      keep(next)
      // Another client may be at work for who was signed in when the link was opened: everything begins anew.
      if (isLink) location.replace('/')
    }
    return <SignInPage config={config} farewell={farewell} enter={enter} />
  }
  if (!opened || opened.user !== owner) return null
  return <ParleyProvider client={opened.client}>{children}</ParleyProvider>
}
