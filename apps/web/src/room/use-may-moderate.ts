import { useMe, useMembers } from '@parley/client/react'

/** Whether one may keep order in a room: its admins may, and those of the server. */
export const useMayModerate = (room: string): boolean => {
  const me = useMe()
  const members = useMembers(room)
  if (me?.role === 'admin' || me?.role === 'owner') return true
  return members?.some(({ id, role }) => id === me?.id && role === 'admin') ?? false
}
