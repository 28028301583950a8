/**
 * Messages lie in the file by room and seq, so that a page of a room's history is a few neighbouring pages of the file:
 * the key of a message is one integer, the room's number above 30 bits of seq. It stays a safe integer for eight million
 * rooms of a billion changes each.
 */
const span = 2 ** 30

/** A seq beyond all that there can be stands for the end of the room. */
export const placeOf = (room: number, seq: number): number => room * span + Math.min(seq, span)

export const seqOf = (place: number): number => place % span

/** The first place behind all messages of a room. */
export const endOf = (room: number): number => placeOf(room + 1, 0)
