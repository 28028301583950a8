/** The one-machine server with its engine made anew for every call: what it kept between two calls would be lost. */
import { chat, type Ports } from '@parley/core'
import { readSettings, startServer } from '@parley/runtime-node'

const anew = (ports: Ports): ReturnType<typeof chat> => ({
  open: (connection) => chat(ports).open(connection),
  begin: (connection) => chat(ports).begin(connection),
  receive: (connection, frame) => chat(ports).receive(connection, frame),
  close: (id) => chat(ports).close(id),
  deliver: (delivery) => chat(ports).deliver(delivery),
  wake: () => chat(ports).wake(),
  execute: (actor, command) => chat(ports).execute(actor, command),
})

const server = await startServer(readSettings(process.env), anew)
console.log(`Parley is ready at ${server.url}`)
process.once('SIGTERM', () => server.stop().then(() => process.exit(0)))
