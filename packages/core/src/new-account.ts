import type { UserId } from '@parley/protocol'
import type { Ports } from './ports/ports.ts'
import type { Account } from './ports/records.ts'
import { instant } from './shapes.ts'

type Wanted = Omit<Account, 'id' | 'banned' | 'createdAt'> & Partial<Pick<Account, 'id'>>

/** An account to be added now, under an id of its own unless one is given. */
export const newAccount = (ports: Ports, { id = ports.ids.uuid() as UserId, ...wanted }: Wanted): Account => ({
  id,
  ...wanted,
  banned: false,
  createdAt: instant(ports.clock.now()),
})
