import {
  assistantId,
  type Company,
  type Deed,
  type Dialect,
  type Event,
  general,
  isRefusal,
  type Target,
} from '@parley/core'
import type { Message, MessageId } from '@parley/protocol'
import { z } from 'zod'
import { bagOf } from './bag.ts'
import { objectIn, textOf, unknownAction } from './frames.ts'
import { anonymous, nameOf } from './names.ts'
import type { System, Tools } from './system.ts'
import { arriveAs } from './visit.ts'

/*
 * People who give themselves names, talk in public and in private, and ask a bot. Its public talk is that of
 * `general`. Who has no name yet hears nothing; whatever it does not understand it lets pass in silence.
 */

/** As whom the assistant speaks there, and nobody else does. */
const botName = 'Bot'

/** The name of a connection, and a number by which those that were named earlier come first. */
const named = bagOf('cloud-week', z.object({ name: z.string(), order: z.number() }))

type Named = Target & { readonly name: string; readonly order: number }

const inOrder = (one: Named, other: Named): number => one.order - other.order || (one.id < other.id ? -1 : 1)

/** Who has a name, in the order of naming. */
const membersOf = async (company: Company): Promise<readonly Named[]> => {
  const all = await company.all()
  return all
    .flatMap((target): Named[] => {
      const bag = named.unpack(target.bag)
      return bag ? [{ ...target, ...bag }] : []
    })
    .sort(inOrder)
}

const tellMembers = async (company: Company): Promise<void> => {
  const names = (await membersOf(company)).map(({ name }) => name)
  await company.tell(JSON.stringify({ members: names }))
}

const systemMessage = (text: string): string => JSON.stringify({ systemMessage: text })

const publicMessage = ({ from, text }: Message): string | undefined =>
  text.trim() === ''
    ? undefined
    : JSON.stringify({ publicMessage: `${from.id === assistantId ? botName : from.name} : ${text}` })

const setName = (wished: string, now: number): Deed => ({
  act: async (hands) => {
    const own = wished.toLowerCase() === botName.toLowerCase() ? `${wished} (guest)` : wished
    const taken = await hands.execute({ action: 'go-by', name: own })
    if (isRefusal(taken)) return undefined
    const latest = (await membersOf(hands)).at(-1)?.order ?? 0
    const order = named.unpack(hands.self.bag)?.order ?? Math.max(now, latest + 1)
    await hands.keep(named.pack({ name: taken.name, order }))
    await tellMembers(hands)
    await hands.tell(systemMessage(`${taken.name} acabou de entrar.`))
    return undefined
  },
})

const sendPrivate = (text: string, to: string): Deed => ({
  act: async (hands) => {
    const sender = named.unpack(hands.self.bag)
    const receiver = sender && (await membersOf(hands)).find(({ name }) => name === to)
    if (!receiver) return undefined
    const { id, user, dialect } = receiver
    const bag = receiver.bag === undefined ? {} : { bag: receiver.bag }
    await hands.tell(JSON.stringify({ privateMessage: `${sender.name} : ${text}` }), { id, user, dialect, ...bag })
    return undefined
  },
})

const sendPublic = (text: string, id: MessageId, asksBot: boolean): Deed => ({
  act: async (hands) => {
    if (!named.unpack(hands.self.bag)) return undefined
    const asks = asksBot ? { asks: { bot: assistantId } } : {}
    return hands.execute({ action: 'relay', room: general, id, text, ...asks })
  },
})

const encodeEvent = (event: Event): string | undefined => {
  switch (event.type) {
    case 'message-changed':
      return event.said && event.room === general ? publicMessage(event.stored.message) : undefined
    case 'broadcast-made':
      return systemMessage(event.broadcast.text)
    case 'company-told':
      return event.frame
    default:
      return undefined
  }
}

const dialectOf = ({ newId, now }: Tools): Dialect => ({
  name: 'cloud-week',
  decode: (frame) => {
    const said = objectIn(frame)
    if (said?.action === 'setName') {
      const name = nameOf(said.name)
      return name === undefined ? unknownAction : setName(name, now())
    }
    const text = textOf(said?.message)
    if (text === undefined) return unknownAction
    switch (said?.action) {
      case 'sendPublic':
        return sendPublic(text, newId() as MessageId, false)
      case 'sendBot':
        return sendPublic(text, newId() as MessageId, true)
      case 'sendPrivate':
        return typeof said.to === 'string' ? sendPrivate(text, said.to.normalize('NFC').trim()) : unknownAction
      default:
        return unknownAction
    }
  },
  encodeAnswer: (answer) => (answer.type === 'message' ? publicMessage(answer.message) : undefined),
  encodeRefusal: () => undefined,
  encodeEvent,
  encodeEventFor: (event, hearer) => (hearer.bag === undefined ? undefined : encodeEvent(event)),
  stay: {
    rooms: () => [general],
    closed: async (company) => {
      const gone = named.unpack(company.self.bag)
      if (!gone) return
      await company.tell(systemMessage(`${gone.name} acabou de sair.`))
      await tellMembers(company)
    },
  },
})

export const cloudWeek = (tools: Tools): System => ({
  dialect: dialectOf(tools),
  arrive: (reach, nobody) => arriveAs(reach, nobody, anonymous('Guest')),
})
