const user = (number: number) => `0000000a-0000-4000-8000-${String(number).padStart(12, '0')}`
const message = (number: number) => `0000000b-0000-4000-8000-${String(number).padStart(12, '0')}`
const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms).toISOString()

/** A file of so many messages, made as it is read. Every third was changed by the end, so it has a late rev. */
export async function* archiveFile(messages: number): AsyncGenerator<Buffer> {
  const line = (value: object) => Buffer.from(`${JSON.stringify(value)}\n`)
  const text = 'A text of the usual length, about as long as this one is, with a word or two more. '.repeat(2)
  yield line({ parley: 'export', version: 1, passwords: false })
  const ana = { id: user(1), name: 'Ana', kind: 'person' }
  yield line({ type: 'user', ...ana, role: 'owner', banned: false, createdAt: at(0) })
  yield line({ type: 'room', id: 'general', kind: 'public', name: 'general', topic: '', createdAt: at(0) })
  yield line({ type: 'member', room: 'general', user: user(1), role: 'member', joinedAt: at(0), read: 3 })
  for (let seq = 1; seq <= messages; seq += 1) {
    const changed = seq % 3 === 0
    const rev = changed ? messages + seq / 3 : seq
    const more = changed ? { reactions: { '👍': [user(1)] } } : {}
    yield line({ type: 'message', room: 'general', seq, rev, id: message(seq), from: ana, text, at: at(seq), ...more })
  }
  yield line({ type: 'end', users: 1, rooms: 1, members: 1, messages, broadcasts: 0 })
}
