import { mkdirSync } from 'node:fs'
import type { Clock, Connections, Log, Store } from '@parley/core'
import { memoryConnections, memoryStore } from '@parley/core/memory'

/** Everything that is kept, in one folder. */
export interface Storage {
  readonly store: Store
  readonly connections: Connections
  health(): Promise<'ok' | 'failing'>
  close(): Promise<void>
}

export const openStorage = async (
  data: string,
  { clock }: { readonly log: Log; readonly clock: Clock },
): Promise<Storage> => {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  return {
    store: memoryStore(),
    connections: memoryConnections({ clock }),
    health: async () => 'ok',
    close: async () => {},
  }
}
