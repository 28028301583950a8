/** The characters of room ids, in the order in which ids are compared. An id does not begin with one of `-._`. */
const characters = '-.0123456789_abcdefghijklmnopqrstuvwxyz'
const longest = 64

/**
 * The greatest room id below one, so that a list that begins after it begins with this room; undefined where none is
 * below.
 */
export const idBefore = (id: string): string | undefined => {
  const head = id.slice(0, -1)
  const allowed = head === '' ? characters.replace(/[-._]/g, '') : characters
  const smaller = allowed[allowed.indexOf(id.slice(-1)) - 1]
  if (smaller !== undefined) return (head + smaller).padEnd(longest, 'z')
  return head === '' ? undefined : head
}
