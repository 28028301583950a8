/**
 * A bot that says its replies bit by bit, as a language model does: it counts for whoever mentions it, up to the number
 * that they say. An admin makes a bot that runs outside, and its token (see docs/client.md).
 *
 *     PARLEY_TOKEN=... npx node examples/counting-bot.ts [server]
 */
import { setTimeout as pause } from 'node:timers/promises'
import { createClient, type Message } from '@parley/client'

const [server = 'http://127.0.0.1:8080'] = process.argv.slice(2)
const token = process.env.PARLEY_TOKEN
if (!token) throw new Error('Give the token of a bot as PARLEY_TOKEN.')

const client = createClient({ server, session: { token }, maxGap: Number.POSITIVE_INFINITY })

/** Stands in for a model. Give a real one the same signal: it stops when nobody wants more. */
async function* answerTo(text: string, signal: AbortSignal): AsyncGenerator<string> {
  const last = Number(/\d+/.exec(text.replace(/@\S+/, ''))?.[0] ?? 10)
  for (let number = 1; number <= last && !signal.aborted; number += 1) {
    await pause(30)
    yield `${number} `
  }
}

const answer = async ({ room, id, from, text }: Message): Promise<void> => {
  const reply = client.reply(room, { replyTo: id })
  try {
    for await (const piece of answerTo(text, reply.signal)) reply.write(piece)
    const { ended } = await reply.end()
    console.log(`answered ${from.name}: ${ended}`)
  } catch (error) {
    console.error(`could not answer ${from.name}: ${error}`)
  }
}

client.on('message', ({ message, change }) => {
  if (change === 'created' && message.text.includes(`@${client.state.me?.name}`)) answer(message)
})
client.on('connection', (now) => {
  if (now.status === 'waiting') console.error(`lost the server: ${now.reason.message}`)
})

process.once('SIGINT', () => client.stop())
const { name } = await client.start()
console.log(`${name} counts. Say how far, with @${name} in it.`)
