import type { RoomMember } from '@parley/client'
import { useParley } from '@parley/client/react'
import { PersonIcon } from '@radix-ui/react-icons'
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
    <span className="flex">
      <PersonIcon className="ms-1 wide:hidden" aria-hidden="true" />
      {shown.map(({ id, name, kind }) => (
        <span key={id} className="hidden wide:inline-flex -ms-1.5 rounded-full ring-2 ring-ground first-of-type:ms-0">
          <Avatar id={id} name={name} kind={kind} size="small" />
        </span>
      ))}
    </span>
  )
}
