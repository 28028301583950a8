import type { MessageId, UserId } from '@parley/protocol'
import { mayAsk } from './access.ts'
import type { Relay } from './command.ts'
import { digestUuid } from './digest-uuid.ts'
import type { Job } from './ports/jobs.ts'
import type { Ports } from './ports/ports.ts'
import type { Account, Standing, StoredMessage } from './ports/records.ts'
import { roomBot } from './shapes.ts'
import { foldName } from './store-rules.ts'

/** The bot that is there from the start; the same on every server. */
export const assistantId = '00000000-0000-4000-8000-0000000a5515' as UserId

/** One prompt asks this many bots at most. */
const botsAtOnce = 3

/** As much of a UUID of version 7 as tells its time. */
const time = /^.{13}(?=-7)/

/**
 * The id of a bot's reply to a prompt: always the same, so that there is one however often it is asked for, and beside
 * that of the prompt where ids rise with time.
 */
export const replyId = async (prompt: MessageId, bot: UserId): Promise<MessageId> => {
  const digest = await digestUuid(`${prompt} ${bot}`)
  const at = time.exec(prompt)?.[0] ?? ''
  return `${at}${digest.slice(at.length)}` as MessageId
}

/** Whether a text speaks to somebody: `@` and the name, whatever its case, and no letter or digit right after it. */
export const isMentioned = (text: string, name: string): boolean => {
  const folded = foldName(text)
  const call = `@${foldName(name)}`
  for (let at = folded.indexOf(call); at >= 0; at = folded.indexOf(call, at + 1)) {
    const isBegin = at === 0 || !/[\p{L}\p{N}_]$/u.test(folded.slice(Math.max(0, at - 2), at))
    if (isBegin && !/^[\p{L}\p{N}_]/u.test(folded.slice(at + call.length, at + call.length + 2))) return true
  }
  return false
}

/** Those of the bots that a message speaks to. */
const spokenTo = (
  bots: readonly Account[],
  { room }: Standing,
  text: string,
  repliedTo: StoredMessage | undefined,
): readonly Account[] => {
  const named = bots.filter(({ name }) => isMentioned(text, name))
  if (named.length > 0) return named
  const { speaks, bot = assistantId } = roomBot(room)
  const isReply = speaks === 'replied' || speaks === 'always' || room.bots !== undefined
  const answered = isReply ? bots.filter(({ id }) => id === repliedTo?.message.from.id) : []
  if (answered.length > 0) return answered
  if (room.bots) return bots
  return speaks === 'always' ? bots.filter(({ id }) => id === bot) : []
}

/**
 * What the bots of this server are to do about a message that was sent. Most need no look at anything.
 * @param asks the one bot that it asks, and how it is to answer; left out: whom the message speaks to
 */
export const replyJobs = async (
  ports: Ports,
  standing: Standing,
  { message }: StoredMessage,
  repliedTo?: StoredMessage,
  asks?: Relay['asks'],
): Promise<readonly Job[]> => {
  const { speaks, answersBots } = roomBot(standing.room)
  const { bots: inDirect } = standing.room
  if (speaks === 'off' && !inDirect) return []
  const isCall = asks || message.text.includes('@') || repliedTo?.message.from.kind === 'bot'
  if (!isCall && !inDirect && speaks !== 'always') return []
  if ((message.from.kind === 'bot' && !answersBots) || mayAsk(standing)) return []
  const here = (await ports.store.bots()).filter(
    ({ id, bot, banned }) =>
      bot?.runs === 'here' && !banned && id !== message.from.id && (!inDirect || inDirect.includes(id)),
  )
  const asked = asks
    ? here.filter(({ id }) => id === asks.bot)
    : spokenTo(here, standing, message.text, repliedTo).slice(0, botsAtOnce)
  return Promise.all(
    asked.map(async ({ id: bot }) => ({
      kind: 'reply' as const,
      id: await replyId(message.id, bot),
      room: message.room,
      prompt: message.id,
      bot,
      asker: message.from.id,
      ...(asks?.parameters && { parameters: asks.parameters }),
      ...(asks?.model !== undefined && { model: asks.model }),
    })),
  )
}
