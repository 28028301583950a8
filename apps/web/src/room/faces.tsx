import type { RoomMember } from '@parley/client'
import { useParley } from '@parley/client/react'
import type { ReactElement } from 'react'
import { Avatar } from '../parts/avatar.tsx'

const atMost = 3

/** A few of who is in a room, who is connected first. */
export const Faces = ({ members }: { readonly members: readonly RoomMember[] }): ReactElement => {
  const people = useParley((state) => state.people)
  const online = useParley((state) => state.online)
  const shown = members
    .flatMap(({ id }) => people.get(id) ?? [])
    .sort((one, other) => Number(online.get(other.id) ?? false) - Number(online.get(one.id) ?? false))
    .slice(0, atMost)
  return (
    <span className="hidden wide:flex">
      {shown.map(({ id, name, kind }) => (
        <span key={id} className="-ms-1.5 rounded-full ring-2 ring-ground first:ms-0">
          <Avatar id={id} name={name} kind={kind} size="small" />
        </span>
      ))}
    </span>
  )
}
