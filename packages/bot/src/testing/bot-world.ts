import { assistantId, isRefusal, type Job } from '@parley/core'
import { type TestChat, type TestChatOptions, type TestPerson, testChat } from '@parley/core/testing'
import type { Message, MessageId, RoomId, UserId } from '@parley/protocol'
import { type Bot, createBot, type Worked } from '../bot.ts'
import type { Catalogue, NamedModel } from '../catalogue.ts'
import { type HandCall, type HandModel, handModel } from './hand-model.ts'
import { type HandTimers, handTimers } from './hand-timers.ts'

export const general = 'general' as RoomId

/** A catalogue of one model. */
export const catalogueOf = (named: Partial<NamedModel> & Pick<NamedModel, 'model'>): Catalogue => ({
  names: ['test'],
  configured: true,
  model: () => ({
    name: 'test',
    provider: 'openai-compatible',
    defaults: {},
    limits: {},
    price: null,
    contextTokens: 8_000,
    ...named,
  }),
})

export interface BotWorldOptions extends Pick<TestChatOptions, 'settings' | 'engine'> {
  readonly named?: Partial<NamedModel>
  readonly catalogue?: (model: HandModel) => Catalogue
}

/** A reply under way. */
export interface Underway {
  readonly prompt: MessageId
  readonly job: Job
  readonly call: HandCall
  readonly worked: Promise<Worked>
}

/** A chat in memory with its bots, whose model, time and deliveries are in the hands of the test. */
export interface BotWorld extends TestChat {
  readonly bot: Bot
  readonly model: HandModel
  readonly timers: HandTimers
  readonly ada: TestPerson
  readonly assistant: UserId
  /** What was published of replies and notes, and when (milliseconds since 1970). */
  readonly told: readonly { readonly at: number; readonly type: string; readonly text: string }[]
  /** Says something, and gives its id. */
  say(text: string, more?: { by?: TestPerson; room?: RoomId; id?: MessageId; replyTo?: MessageId }): Promise<MessageId>
  /** A job that was enqueued, the newest by default. */
  job(index?: number): Job
  /** Says something to a bot and lets it begin, until its model is asked. */
  begin(text: string, more?: { by?: TestPerson; room?: RoomId; signal?: AbortSignal }): Promise<Underway>
  /** Answers a prompt at once and whole. */
  answered(text: string, answer: string, more?: { by?: TestPerson; room?: RoomId }): Promise<Message>
  /** What a person reads in a room. */
  messages(by?: TestPerson, room?: RoomId): Promise<readonly Message[]>
  /** The newest message. */
  latest(): Promise<Message>
  /** Lets time go by on all clocks, and whatever is due be done when it is. */
  pass(ms: number): Promise<void>
}

export const notStopped = (): AbortSignal => new AbortController().signal

/** Lets all that needs no clock and no thread come to its end. */
export const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const stepMs = 10

export const botWorld = async (options: BotWorldOptions = {}): Promise<BotWorld> => {
  const told: { at: number; type: string; text: string }[] = []
  const world = testChat({
    ...options,
    fateOf: ({ event }) => {
      const text = 'text' in event ? event.text : event.type === 'message-changed' ? event.stored.message.text : ''
      told.push({ at: world.clock.now(), type: event.type, text })
      return 'direct'
    },
  })
  await world.chat.execute({ kind: 'system' }, { action: 'add-assistant' })
  const model = handModel()
  const timers = handTimers(world.clock.now())
  const catalogue = options.catalogue?.(model) ?? catalogueOf({ model, ...options.named })
  const bot = createBot({ chat: world.chat, catalogue, timers, log: world.log })
  const ada = await world.person('Ada')
  let said = 0

  const say: BotWorld['say'] = async (text, { by = ada, room = general, id, replyTo } = {}) => {
    said += 1
    const own = id ?? (`00000000-0000-4000-8000-0000000${String(said).padStart(5, '0')}` as MessageId)
    const answer = await world.chat.execute(by.actor, {
      action: 'send',
      room,
      id: own,
      text,
      ...(replyTo && { replyTo }),
    })
    if (isRefusal(answer)) throw new Error(answer.message)
    return own
  }
  const job: BotWorld['job'] = (index = -1) => {
    const kept = world.jobs.kept.at(index)
    if (!kept) throw new Error('no bot was asked')
    return kept
  }
  const begin: BotWorld['begin'] = async (text, { signal = notStopped(), ...more } = {}) => {
    const prompt = await say(text, more)
    const own = job()
    const number = model.calls.length
    const worked = bot.work(own, signal)
    return { prompt, job: own, worked, call: await model.call(number) }
  }
  const messages: BotWorld['messages'] = async (by = ada, room = general) => {
    const page = await world.chat.execute(by.actor, { action: 'history', room, limit: 500 })
    if (isRefusal(page)) throw new Error(page.message)
    return page.messages
  }
  const latest: BotWorld['latest'] = async () => (await messages()).at(-1) as Message
  return {
    ...world,
    bot,
    model,
    timers,
    ada,
    assistant: assistantId,
    told,
    say,
    job,
    begin,
    answered: async (text, answer, more) => {
      const { call, worked } = await begin(text, more)
      call.say(answer)
      call.end('stop', { tokensIn: 10, tokensOut: 5 })
      await worked
      return (await messages(more?.by, more?.room)).at(-1) as Message
    },
    messages,
    latest,
    pass: async (ms) => {
      await quiet()
      for (let passed = 0; passed < ms; passed += stepMs) {
        const step = Math.min(stepMs, ms - passed)
        world.clock.pass(step)
        timers.pass(step)
        await quiet()
      }
    },
  }
}
