/**
 * A bot that answers whoever mentions it, in every room that it is in, also what was said while it was away.
 *
 *     npx node examples/bot.ts [server] [name]
 */
import { asGuest, createClient } from '@parley/client'

const [server = 'http://127.0.0.1:8080', name = 'Echo'] = process.argv.slice(2)

const client = createClient({
  server,
  session: await asGuest(server, name),
  maxGap: Number.POSITIVE_INFINITY,
})

client.on('message', ({ room, message, change }) => {
  const { id, from, text } = message
  if (change !== 'created' || from.id === client.state.me?.id || !text.includes(`@${name}`)) return
  const said = text.replaceAll(`@${name}`, '').trim()
  client.send(room, said ? `${from.name} says: ${said}`.slice(0, 10_000) : `Yes, ${from.name}?`, id)
})
client.on('joined', ({ id }) => console.log(`in ${id}`))
client.on('failed', ({ outgoing }) => console.error(`not sent to ${outgoing.room}: ${outgoing.failed?.message}`))
client.on('connection', (now) => {
  if (now.status === 'waiting') console.error(`lost the server: ${now.reason.message}`)
  if (now.status === 'ended') process.exitCode = 1
})

process.once('SIGINT', () => client.stop())
const me = await client.start()
console.log(`${me.name} listens. Say something with @${me.name} in it.`)
