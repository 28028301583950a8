import type { RoomId } from '@parley/protocol'

/** The public room that is there from the start, of which everybody is a member. */
export const general = 'general' as RoomId
