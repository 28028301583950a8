const signsAtMost = 64

/** The id of a room by its name: what of it is Latin, without accents, in lower case; by chance where nothing is. */
export const roomAddress = (name: string, chance: () => string): string => {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, signsAtMost)
  return plain === '' ? `room-${chance()}` : plain
}
