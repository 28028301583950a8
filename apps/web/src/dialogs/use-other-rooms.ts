import type { Room } from '@parley/client'
import { useClient } from '@parley/client/react'
import { useEffect, useState } from 'react'

const pagesAtMost = 10

/** The rooms that one could join; undefined while they are asked for. */
export const useOtherRooms = (): readonly Room[] | undefined => {
  const client = useClient()
  const [found, setFound] = useState<readonly Room[]>()
  useEffect(() => {
    let isCurrent = true
    const load = async (): Promise<void> => {
      const others: Room[] = []
      let after: string | undefined
      for (let page = 0; page < pagesAtMost; page += 1) {
        const { rooms, more } = await client.call('GET /api/rooms', after === undefined ? {} : { query: { after } })
        others.push(...rooms.filter(({ member }) => !member))
        after = rooms.at(-1)?.id
        if (!more) break
      }
      if (isCurrent) setFound(others)
    }
    load().catch(() => isCurrent && setFound([]))
    return () => {
      isCurrent = false
    }
  }, [client])
  return found
}
