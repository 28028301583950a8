import { expect, test } from 'vitest'
import { seat } from '../harness/command.ts'
import { openTerminal } from '../harness/terminal.ts'
import { type AccountHolder, type Client, newId, newName, say, world } from '../harness/world.ts'

const { deployment, api, account, connect, room } = await world()
const root = await account('admin')

/** A program with a bot's token. */
const program = async (): Promise<Client> => {
  const { bot } = await api.call('POST /api/bots', {
    token: root.token,
    body: { name: newName('Bot'), runs: 'outside' },
  })
  const session = await api.call('POST /api/bots/{user}/tokens', { token: root.token, at: bot.id })
  return connect({ ...session, user: { ...bot, kind: 'bot', role: 'member' } })
}
/** Ana, what she sits at, a room of hers with a bot in it, and its answer to what she has said there. */
const setUp = async () => {
  const ana: AccountHolder = await account()
  const [asker, machine] = [await connect(ana), await program()]
  const place = await room('private', asker, machine)
  const { id } = await say(asker, place, 'Count.')
  const { message } = await machine.ask('message', {
    action: 'send',
    room: place,
    id: newId(),
    text: '',
    streaming: true,
    replyTo: id,
  })
  const grow = (at: number, text: string) =>
    machine.ask('ok', { action: 'delta', room: place, id: message.id, at, text })
  const end = (ended: string) => machine.ask('message', { action: 'finish', room: place, id: message.id, ended })
  const here = await seat(deployment.url)
  await here.run(['rooms', '--user', ana.user.name, '--password-stdin'], ana.password)
  return { ana, asker, here, place, message, grow, end }
}

test('the whole terminal shows a reply growing, and /stop ends it', async () => {
  const { ana, here, place, grow } = await setUp()
  const terminal = openTerminal(here.environment, ['chat', '--room', place])
  await terminal.row(/Count\./)
  await grow(0, 'One, ')
  await terminal.row(/One, ▌/)
  await grow(5, 'two, ')
  await terminal.row(/One, two, ▌/)
  terminal.press('/stop\r')
  await terminal.row(new RegExp(`One, two, \\(stopped by ${ana.user.name}\\)`))
  terminal.press('/quit\r')
  expect((await terminal.ended).code).toBe(0)
})

test('lines and tails have a reply when it has ended', async () => {
  const { asker, here, place, message, grow, end } = await setUp()
  const chat = here.start(['chat', '--room', place])
  const tail = here.start(['tail', '--room', place, '--follow'])
  const lines = here.start(['tail', '--room', place, '--follow', '--json'])
  for (const command of [chat, tail, lines]) await command.said(/Count\./)
  await grow(0, 'One, two')
  await say(asker, place, 'Quick!')
  for (const command of [chat, tail, lines]) await command.said(/Quick!/)
  await end('interrupted')
  expect(await chat.said(/One/)).toMatch(/: One, two \(interrupted\)$/)
  expect(await tail.said(/One/)).toMatch(/: One, two \(interrupted\)$/)
  expect(JSON.parse(await lines.said(/One/))).toMatchObject({ id: message.id, text: 'One, two', ended: 'interrupted' })
  chat.endInput()
  expect((await chat.ended).out).not.toMatch(/One.*\n.*One/)
  for (const command of [tail, lines]) {
    command.kill()
    await command.ended
  }
})

test('a reply is made again, its variants are paged through, and what was missed is summed up for oneself', async () => {
  const { asker, here, place } = await setUp()
  const chat = here.start(['chat', '--room', place])
  await chat.said(/Count\./)
  chat.type('@assistant What can you do?')
  await chat.said(/assistant to \d+: No language model/)
  chat.type('/retry')
  await chat.said(/^\* .*assistant to \d+: No language model/)
  await chat.said(/\(2 of 2\)/)
  chat.type('/variant 1')
  await chat.said(/\(1 of 2\)/)
  chat.type('/variant 7')
  await chat.remarked(/There are 2 variants of it\./)
  await say(asker, place, 'Nobody has read this.')
  chat.type('/catchup')
  await chat.said(/^\* For you alone: what you missed in /)
  chat.type('/quit')
  expect((await chat.ended).code).toBe(0)
})
