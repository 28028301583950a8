import type { RoomId } from '@parley/protocol'
import { patiently } from './patience.ts'
import type { Casting, Host } from './people.ts'
import type { Stage } from './stage.ts'
import { counted } from './words.ts'

const leaveRooms = async (stage: Stage): Promise<void> => {
  const { rooms, members, players, bot } = stage
  const first = new Map(players.map((player) => [player.person, player] as const).reverse())
  const leaving = rooms.flatMap((room) => [
    ...[...first].flatMap(([person, { client }]) => (members.get(room)?.includes(person) ? [client.leave(room)] : [])),
    ...(bot ? [bot.leave(room)] : []),
  ])
  await Promise.allSettled(leaving)
  // The one who made the rooms goes last, so that nobody is left without an admin before.
  const own = rooms.map((room) =>
    patiently(async () => (await stage.line()).ask<'leave'>({ action: 'leave', room: room as RoomId })),
  )
  await Promise.allSettled(own)
}

const putAway = async ({ made }: Casting, host: Host | undefined, canBan: boolean): Promise<void> => {
  for (const { user, call } of made) {
    if (!canBan || !host) await call('POST /api/logout', {}).catch(() => {})
    else if (user.kind === 'bot') {
      await host.call('PATCH /api/bots/{user}', { params: { user: user.id }, body: { banned: true } }).catch(() => {})
    } else {
      const ask = { params: { user: user.id }, body: { banned: true } }
      await patiently(() => host.call('PATCH /api/accounts/{user}', ask)).catch(() => {})
    }
  }
}

/** Puts away what was made, as far as a server lets one. Says what remains: nothing is ever deleted there. */
export const tidy = async (stage: Stage | undefined, casting: Casting, host: Host | undefined): Promise<string[]> => {
  const { kind, mark, made } = casting
  const rooms = stage?.rooms ?? []
  if (stage && kind !== 'guests') await leaveRooms(stage)
  await putAway(casting, host, kind === 'accounts')
  const people =
    kind === 'accounts'
      ? `${counted(made.length, 'account')} called "${mark} ...", banned`
      : `${counted(made.length, 'guest')} called "${mark} ...", signed out`
  const room =
    kind === 'guests'
      ? `${counted(rooms.length, 'direct room')} among them`
      : `the private rooms ${rooms.join(' and ')}, with nobody in them`
  return [people, ...(rooms.length > 0 ? [room] : [])]
}
