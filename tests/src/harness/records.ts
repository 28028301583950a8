import type { ConnectionRecord } from '@parley/protocol'
import type { Api } from './api.ts'
import type { Person } from './world.ts'

/** How often the records are read before they are expected to say what they should; an ended socket is recorded soon, not at once. */
const attempts = 200

/**
 * The records of somebody's connections, the newest first, as soon as they are as they should be.
 * @throws {Error} with the records, when they never are
 */
export const connectionsOf = async (
  api: Api,
  admin: Person,
  { user }: Person,
  until: (records: readonly ConnectionRecord[]) => boolean = () => true,
): Promise<readonly ConnectionRecord[]> => {
  for (let attempt = 1; ; attempt += 1) {
    const records: ConnectionRecord[] = []
    for (let after: string | undefined, more = true; more; ) {
      const page = await api.call('GET /api/connections', { token: admin.token, ...(after && { query: { after } }) })
      records.push(...page.connections)
      after = page.connections.at(-1)?.id
      more = page.more
    }
    const own = records.filter((record) => record.user.id === user.id)
    if (until(own)) return own
    if (attempt === attempts) throw new Error(`the records stay as they are: ${JSON.stringify(own)}`)
  }
}
