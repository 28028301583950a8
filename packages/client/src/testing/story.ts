import type { TestChat, TestPerson } from '@parley/core/testing'
import type { MessageId, RoomId } from '@parley/protocol'
import type { Client, ClientOptions } from '../client.ts'
import { checkAll, checkOutbox, checkSoon, oldId } from './checks.ts'
import { createDevice, type Device } from './device.ts'
import { numbersFrom } from './numbers.ts'
import { type Deed, deviceCount, type Script, type Step } from './script.ts'
import { createServer, noMischief, type TestServer } from './server.ts'
import { createSpeaker, type Speaker } from './speaker.ts'
import { steer } from './steering.ts'
import { createVoice, leaseMs, type Voice } from './voice.ts'

type CreateClient = (options: ClientOptions) => Client

interface Play {
  readonly server: TestServer
  readonly devices: readonly Device[]
  readonly voice: Voice
  readonly speaker: Speaker
}

const rooms = ['general', 'den', 'yard', 'hall'] as const
const emoji = '👍'

/** After it leases have run out, back-offs are over, everybody has pinged, and the outboxes are empty. */
const calmMs = 4 * 60_000
/** After it the renewals are over, with all that they make a client ask. */
const finaleMs = 60_000

/** Messages that were there before. */
const fill = async (
  { ports: { store } }: TestChat,
  { user: id }: Actor,
  room: string,
  count: number,
): Promise<void> => {
  for (let number = 1; number <= count; number += 1) {
    const from = { id, name: 'somebody', kind: 'person' } as const
    const text = `long ago ${number}`
    await store.appendMessage({
      id: oldId(number) as MessageId,
      room: room as RoomId,
      from,
      text,
      at: new Date(0).toISOString(),
    })
  }
}

const outside = { kind: 'bot', bot: { runs: 'outside' } } as const
const here = { kind: 'bot', bot: { runs: 'here' } } as const

/** Brings a bot into a room, where everybody may stop it. */
const openTo = async ({ ports: { store } }: TestChat, room: RoomId, bot: TestPerson): Promise<void> => {
  await store.changeRoom(room, { bot: { stops: 'everybody' } })
  await store.addMember({ room, user: bot.id, role: 'member', joinedAt: new Date(0).toISOString(), read: 0 })
}

const prepare = async (random: () => number, createClient: CreateClient): Promise<Play> => {
  const server = createServer(random)
  const { chat } = server
  const bots = [await chat.person('Echo', outside), await chat.person('House', here)]
  const people = [await chat.person('Ada'), await chat.person('Bea'), await chat.guest('Cai'), bots[0] as TestPerson]
  const [ada, bea, cai] = people.map(({ actor }) => actor) as [Actor, Actor, Actor]
  await chat.chat.execute(ada, { action: 'create', room: 'den' as RoomId, kind: 'private' })
  await chat.chat.execute(ada, { action: 'invite', room: 'den' as RoomId, user: cai.user })
  await chat.chat.execute(bea, { action: 'create', room: 'yard' as RoomId, kind: 'public' })
  await fill(chat, ada, 'general', 40)
  await fill(chat, bea, 'yard', 110)
  for (const room of ['general', 'den']) await openTo(chat, room as RoomId, bots[0] as TestPerson)
  const owners = [0, 0, 1, 2, 3]
  const devices = Array.from({ length: deviceCount }, (_, number) =>
    createDevice({
      name: `${people[owners[number] as number]?.name} ${number}`,
      person: people[owners[number] as number] as (typeof people)[number],
      server,
      random,
      createClient,
    }),
  )
  await server.clock.pass(2_000)
  const speaker = createSpeaker(devices.at(-1) as Device)
  return { server, devices, voice: createVoice(server, (bots[1] as TestPerson).id), speaker }
}

type Actor = Play['devices'][number]['person']['actor']

/** Acts, and does not mind what the server says to it. */
const act = (device: Device, { server, devices }: Play, what: Deed): unknown => {
  const { client } = device
  const room = ('room' in what && (rooms[what.room] ?? directRoom(client))) || 'general'
  const person = 'person' in what ? (devices[what.person + 1]?.person.id as string) : ''
  const messages = client.state.rooms.get(room)?.window.messages ?? []
  const message = messages.at('back' in what ? -1 - what.back : -1)
  switch (what.deed) {
    case 'send':
      return device.send(room, what.replies ? message?.id : undefined)
    case 'edit':
      return message && client.edit(room, message.id, `edited ${message.rev}`)
    case 'delete':
      return message && client.delete(room, message.id)
    case 'react':
      return message && client.react(room, message.id, emoji, what.on)
    case 'open':
    case 'close':
      return device[what.deed](room)
    case 'older':
      return client.older(room)
    case 'typing':
      return client.typing(room)
    case 'join':
    case 'leave':
      return client[what.deed](room)
    case 'create':
      return client.create(room, { kind: 'private' })
    case 'read':
      return client.read(room, message?.seq)
    case 'invite':
    case 'remove':
      return client[what.deed](room, person)
    case 'direct':
      return client.direct([person])
    case 'topic':
      return client.set(room, { topic: `topic of ${device.name} ${device.said.length}` })
    case 'stop':
    case 'retry':
    case 'variant':
      return steer(client, what, { server, rooms })
    case 'rename':
      return client.rename(`${device.name} ${device.said.length}`)
  }
}

const directRoom = (client: Client): string | undefined =>
  [...client.state.rooms.values()].find(({ facts }) => facts.kind === 'direct')?.id

/** A bot goes about a reply. */
const speak = async (
  { server: { clock }, voice, speaker }: Play,
  { do: who, what, room: number, pick }: Extract<Step, { do: 'voice' | 'speak' }>,
): Promise<void> => {
  const room = rooms[number] ?? 'general'
  const teller = who === 'voice' ? voice : speaker
  if (what === 'begin') teller.begin(room, pick)
  else if (what === 'anew') {
    voice.die(pick)
    await clock.pass(leaseMs + 500)
    voice.anew()
  } else if (what === 'again') voice.again(pick)
  else teller[what](pick)
  await clock.pass(pick * 20)
}

const perform = async (play: Play, step: Step): Promise<void> => {
  const { server, devices } = play
  const device = 'by' in step ? (devices[step.by] as Device) : undefined
  if (step.do === 'restart') return server.restart(step.ms, step.bye)
  if (step.do === 'pass') return server.clock.pass(step.ms)
  if (step.do === 'voice' || step.do === 'speak') return speak(play, step)
  if (!device) return
  switch (step.do) {
    case 'act':
      Promise.resolve(act(device, play, step.what)).catch(() => {})
      return server.clock.settle()
    case 'cut':
      return server.network.cut(device.name, step.told)
    case 'freeze':
      return server.network.freeze(device.name)
    case 'reload':
      return device.reload()
    case 'renew':
      return device.client.renewSocket()
  }
}

/**
 * Every client renews its socket, and one is reloaded, while one of each thing happens on a network that keeps no
 * order. Facts that have no number are changed once, since nobody can say which of two that overtook is the later.
 */
const finale = async ({ server, devices, voice, speaker }: Play, random: () => number): Promise<void> => {
  const { clock } = server
  const [ada, other, bea, cai] = devices as [Device, Device, Device, Device]
  const some = (most: number): number => Math.floor(random() * most)
  const at = (ms: number, doIt: () => unknown): void => {
    clock.after(ms, () => {
      Promise.resolve(doIt()).catch(() => {})
    })
  }
  const reactSomewhere = (device: Device, on: boolean) => () => {
    const message = device.client.state.rooms.get('general')?.window.messages.at(-1 - some(3))
    return message && device.client.react('general', message.id, emoji, on)
  }
  for (const device of devices) {
    device.open('general')
    at(some(3_000), () => device.client.renewSocket())
    at(some(3_000), () => device.send('general'))
    for (const on of [true, false, true]) at(some(3_000), reactSomewhere(device, on))
  }
  server.mischief = { ...noMischief, slow: true, overtaking: true, interleaved: true }
  at(some(1_000), () => other.reload())
  at(some(3_000), () => ada.client.read('general'))
  at(some(3_000), () => ada.client.set('den', { topic: 'the last one' }))
  at(some(3_000), () => bea.client.direct([cai.person.id]))
  at(some(3_000), () => cai.client.rename('Cai at last'))
  for (const teller of [voice, speaker]) {
    at(some(500), () => teller.begin('general', some(8)))
    for (let count = 0; count < 6; count += 1) at(1_000 + some(3_500), () => teller.say(some(12)))
  }
  const among = { server, rooms: ['general'] }
  at(2_500 + some(500), () => steer(bea.client, { deed: 'stop' }, among))
  at(3_500 + some(500), () => steer(other.client, { deed: 'retry' }, among))
  at(4_000 + some(500), () => voice.begin('general', 0))
  at(4_600, () => voice.again(some(12)))
  at(4_800, () => voice.say(some(12)))
  at(5_000, () => speaker.endAll())
  const invitedAt = some(1_500)
  at(invitedAt, () => bea.client.invite('yard', ada.person.id))
  at(invitedAt + 100 + some(1_500), () => bea.client.remove('yard', ada.person.id))
  await clock.pass(6_000)
  server.mischief = noMischief
  await clock.pass(finaleMs)
}

/** What was lost of a text that grows is found missing by what comes next. */
const sayMore = async ({ server: { clock }, voice, speaker }: Play): Promise<void> => {
  voice.sayAll()
  speaker.sayAll()
  await clock.pass(3_000)
}

/** Plays a script with clients of a make, and throws if in the end anything is not as it should be. */
export const play = async (script: Script, createClient: CreateClient): Promise<void> => {
  const random = numbersFrom(script.seed)
  const stage = await prepare(random, createClient)
  const { server, devices } = stage
  server.mischief = script.mischief
  for (const step of script.steps) await perform(stage, step)
  server.mischief = noMischief
  await server.clock.pass(calmMs)
  await sayMore(stage)
  const { lossy, overtaking, interleaved } = script.mischief
  const isOrderly = !lossy && !overtaking && !interleaved
  await checkOutbox(server.chat, devices)
  for (const device of devices) await (isOrderly ? checkAll : checkSoon)(server.chat, device)
  await finale(stage, random)
  await sayMore(stage)
  await stage.speaker.check(server.chat)
  await checkOutbox(server.chat, devices)
  for (const device of devices) await checkAll(server.chat, device)
}
