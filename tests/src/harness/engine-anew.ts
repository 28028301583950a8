import { chat, type Ports } from '@parley/core'

/** An engine that is made anew for every call: what it kept between two calls would be lost. */
export const engineAnew = (ports: Ports): ReturnType<typeof chat> => ({
  open: (connection) => chat(ports).open(connection),
  begin: (connection) => chat(ports).begin(connection),
  receive: (connection, frame) => chat(ports).receive(connection, frame),
  close: (id) => chat(ports).close(id),
  deliver: (delivery) => chat(ports).deliver(delivery),
  wake: () => chat(ports).wake(),
  execute: (actor, command) => chat(ports).execute(actor, command),
})
