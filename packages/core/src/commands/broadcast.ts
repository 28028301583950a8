import type { MessageId } from '@parley/protocol'
import { onServer } from '../access.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal } from '../refusal.ts'
import { instant, ok, publicUser } from '../shapes.ts'

/** Tells everybody who is connected. Kept for the connection records; in no room's history. */
export const broadcast: Execute<'broadcast'> = async (ports, actor, { text }) => {
  const account = await onServer(ports, actor, 'administer')
  if (isRefusal(account)) return account
  const id = ports.ids.uuid() as MessageId
  const said = { id, from: publicUser(account), text, at: instant(ports.clock.now()) }
  await ports.store.addBroadcast(said)
  return { answer: { ...ok, broadcast: said }, events: [{ type: 'broadcast-made', broadcast: said }] }
}
