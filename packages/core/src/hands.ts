import type { Connection } from './actor.ts'
import { channelOf } from './channel.ts'
import { execute } from './execute.ts'
import type { Target } from './ports/connections.ts'
import type { Company, Hands } from './ports/dialect.ts'
import type { Ports } from './ports/ports.ts'

/** Without what an adapter keeps of its own with a target: it may travel with an event. */
const plain = ({ id, user, dialect, bag }: Target): Target => ({ id, user, dialect, ...(bag !== undefined && { bag }) })

export const companyOf = (ports: Ports, self: Target): Company => {
  const { dialect } = self
  return {
    self,
    all: async () => [...(await ports.connections.inRoom(channelOf(dialect)))].map(plain),
    tell: (frame, to) =>
      ports.publisher.publish([{ event: { type: 'company-told', dialect, frame, ...(to && { to }) } }]),
  }
}

/** The hands of a connection, with the bag that it has now. */
export const handsOf = async (ports: Ports, { id, user, session, dialect }: Connection): Promise<Hands> => {
  const bag = await ports.connections.bag(id)
  return {
    ...companyOf(ports, { id, user, dialect, ...(bag !== undefined && { bag }) }),
    execute: (command) => execute(ports, { kind: 'user', user, session, origin: id }, command, { id }),
    keep: (next) => ports.connections.keepBag(id, next),
  }
}
