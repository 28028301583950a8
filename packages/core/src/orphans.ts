import type { Ports } from './ports/ports.ts'
import { instant, messageSaid } from './shapes.ts'

/** Ends replies as interrupted whose maker has given no sign of life for long, so that nothing streams for ever. */
export const endOrphans = async (ports: Ports): Promise<void> => {
  const before = instant(ports.clock.now() - ports.settings.orphanMs)
  for (const { room, id } of await ports.store.orphans(before)) {
    const run = (await ports.store.message(room, id))?.stream?.run
    if (run === undefined) continue
    const changed = await ports.store.changeMessage(room, id, { kind: 'end', ended: 'interrupted', run })
    if (typeof changed === 'object') await ports.publisher.publish([{ event: messageSaid(changed.stored) }])
  }
}
