import type { User } from '@parley/client'
import { useClient, useConnection, useParley } from '@parley/client/react'
import { useEffect, useMemo, useState } from 'react'

export interface Listed extends User {
  readonly online: boolean
}

/** Everybody whom one may know of, by name, with who is connected as far as it is told. Asked anew after a connection. */
export const useDirectory = (): readonly Listed[] => {
  const client = useClient()
  const { status } = useConnection()
  const [found, setFound] = useState<readonly Listed[]>([])
  const online = useParley((state) => state.online)
  const people = useParley((state) => state.people)
  const isOnline = status === 'online'

  useEffect(() => {
    if (!isOnline) return
    let isCurrent = true
    client.call('GET /api/users', {}).then(
      ({ users }) => {
        if (isCurrent) setFound(users)
      },
      () => {
        // Asked again after the next connection; until then those are shown who are known.
      },
    )
    return () => {
      isCurrent = false
    }
  }, [client, isOnline])

  return useMemo(() => {
    const known = new Map<string, Listed>(found.map((one) => [one.id, one]))
    for (const one of people.values()) known.set(one.id, { ...one, online: known.get(one.id)?.online ?? false })
    return [...known.values()]
      .map((one) => ({ ...one, online: online.get(one.id) ?? one.online }))
      .sort((one, other) => one.name.localeCompare(other.name))
  }, [found, people, online])
}
