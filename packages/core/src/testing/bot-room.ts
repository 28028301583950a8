import type { Message, MessageId, UserId } from '@parley/protocol'
import type { Actor } from '../actor.ts'
import type { ReplyStart } from '../answer.ts'
import { assistantId } from '../bots.ts'
import type { Job } from '../ports/jobs.ts'
import { isRefusal } from '../refusal.ts'
import { general, messageId } from './samples.ts'
import { type TestChat, type TestChatOptions, type TestPerson, testChat } from './test-chat.ts'
import type { TestClient } from './test-client.ts'

export type ReplyJob = Extract<Job, { kind: 'reply' }>
export type Begun = Extract<ReplyStart, { state: 'begun' }>

/** A chat with the assistant, an owner, two people, and bots of this server; `general` is for all of them. */
export interface BotRoom extends TestChat {
  readonly owner: TestPerson
  readonly ada: TestPerson
  readonly bea: TestPerson
  /** Adds a bot of this server, and gives its id. */
  bot(name: string): Promise<UserId>
  /** Says something in `general` as somebody; the message, and what bots were given to do about it. */
  say(
    client: TestClient,
    number: number,
    text: string,
    more?: object,
  ): Promise<{ readonly message: Message; readonly asked: readonly ReplyJob[] }>
  /** Sets about a reply as its bot does. */
  begin(job: ReplyJob): Promise<ReplyStart>
  /** The same where it must succeed. */
  begun(job: ReplyJob): Promise<Begun>
  /** Lets the assistant answer a prompt, which it is asked by, and end with a text. */
  answer(client: TestClient, number: number, text: string): Promise<{ readonly id: MessageId; readonly job: ReplyJob }>
}

export const service = (user: UserId): Actor => ({ kind: 'service', user })

/** The value of an answer that is no refusal. */
export const accepted = <T>(answer: T): Exclude<T, { refused: string }> => {
  if (isRefusal(answer)) throw new Error(`refused: ${answer.refused}, ${answer.message}`)
  return answer as Exclude<T, { refused: string }>
}

export const botRoom = async (options: TestChatOptions = {}): Promise<BotRoom> => {
  const chat = testChat(options)
  await chat.chat.execute({ kind: 'system' }, { action: 'add-assistant' })
  const owner = await chat.person('Olga', { role: 'owner' })
  const [ada, bea] = [await chat.person('Ada'), await chat.person('Bea')]

  const begin: BotRoom['begin'] = async ({ room, prompt, asker, bot, run }) =>
    accepted(
      await chat.chat.execute(service(bot), {
        action: 'begin-reply',
        room,
        prompt,
        asker,
        ...(run !== undefined && { run }),
      }),
    )
  const begun: BotRoom['begun'] = async (job) => {
    const start = await begin(job)
    if (start.state !== 'begun') throw new Error(`the reply was not begun: ${start.state}`)
    return start
  }
  const say: BotRoom['say'] = async (client, number, text, more) => {
    const before = chat.jobs.kept.length
    const answer = await client.say({ action: 'send', room: general, id: messageId(number), text, ...more })
    if (answer.type !== 'message') throw new Error(JSON.stringify(answer))
    const asked = chat.jobs.kept.slice(before).flatMap((job) => (job.kind === 'reply' ? job : []))
    return { message: answer.message, asked }
  }
  return {
    ...chat,
    owner,
    ada,
    bea,
    bot: async (name) =>
      accepted(await chat.chat.execute({ kind: 'system' }, { action: 'add-bot', name, runs: 'here' })).id,
    say,
    begin,
    begun,
    answer: async (client, number, text) => {
      const { asked } = await say(client, number, `@assistant question ${number}`)
      const [job] = asked
      if (!job) throw new Error('the assistant was not asked')
      const { message, run } = await begun(job)
      accepted(
        await chat.chat.execute(service(assistantId), {
          action: 'end-reply',
          room: general,
          id: message.id,
          run,
          text,
          ended: 'done',
        }),
      )
      return { id: message.id, job }
    },
  }
}
