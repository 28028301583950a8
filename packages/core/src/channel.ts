import type { RoomId } from '@parley/protocol'

/** What all connections of a dialect hear whose clients say no hello: an id that no room can have. */
export const channelOf = (dialect: string): RoomId => `#${dialect}` as RoomId
