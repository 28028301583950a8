import type { Ended, Message, MessageId, RoomId } from '@parley/protocol'
import { backOffMs } from './back-off.ts'
import { createBotText, wholeUpTo } from './bot-text.ts'
import type { Edges } from './edges.ts'
import type { Emitter } from './emitter.ts'
import { asParleyError, ParleyError, stopped } from './errors.ts'
import type { Requests } from './requests.ts'

/** A message that a bot says bit by bit. Everybody in the room sees it grow. */
export interface Reply {
  readonly id: MessageId
  /**
   * Aborted when there is no sense in going on: somebody stopped or deleted it, it is as long as may be, or it cannot
   * be told any more. Its `reason` is a `ParleyError` that says which.
   */
  readonly signal: AbortSignal
  /** Says more. Nothing is to be awaited; what is written after the end is dropped. */
  write(text: string): void
  /**
   * Ends it, `done` if nothing else is said, when all of it is at the server.
   * @returns the message as it ended, whoever ended it
   * @throws ParleyError it could not be told
   */
  end(ended?: Ended): Promise<Message>
}

/** How a reply begins. */
export interface ReplyOptions {
  /** The id of the message that it answers. */
  readonly replyTo?: string
}

interface Parts extends Pick<Edges, 'clock' | 'random' | 'uuid'>, Pick<Emitter, 'on'> {
  readonly requests: Requests
}

/** A piece of a text that surely fits into a frame, in UTF-16 units. */
const pieceUnits = 8_000
/** Between two frames at least. */
const paceMs = 100
/** The server ends a reply of which it has heard nothing for longer than this. */
const signMs = 10_000

const endedByOthers = ({ deletedAt, ended }: Message): ParleyError =>
  new ParleyError('conflict', deletedAt ? 'The reply was deleted.' : `The reply has ended: ${ended ?? 'done'}.`)

/** Not the server's last word: what it holds is asked, and then it is tried again. */
const isPassing = ({ code, retry }: ParleyError, isBegun: boolean): boolean =>
  retry !== null || (code === 'conflict' && isBegun)

/** Begins a reply at once. One request is under way at a time; what is written meanwhile goes with the next. */
export const createReply = (
  { clock, random, uuid, requests: { ask }, on }: Parts,
  room: string,
  { replyTo }: ReplyOptions = {},
): Reply => {
  const place = { room: room as RoomId, id: uuid() as MessageId }
  const said = createBotText()
  const { promise, resolve, reject } = Promise.withResolvers<Message>()
  const interruption = new AbortController()
  /** How much of it the server has; undefined: that is to be asked. */
  let held: number | undefined
  let ending: Ended | undefined
  let isOver = false
  let failures = 0
  let wake = (): void => {}
  promise.catch(() => {})

  /** Waits so long, or until something happens that is worth a look. */
  const rest = (ms: number, isInterruptible: boolean): Promise<void> =>
    new Promise((done) => {
      const callOff = clock.after(ms, done)
      wake = () => {
        if (!isInterruptible && !isOver) return
        callOff()
        done()
      }
    })
  const finish = (): void => {
    isOver = true
    for (const leave of leaving) leave()
    wake()
  }
  const fail = (error: ParleyError): void => {
    if (isOver) return
    finish()
    reject(error)
    interruption.abort(error)
  }
  const endAs = (message: Message): void => {
    if (isOver) return
    finish()
    resolve(message)
    if (message.deletedAt || message.ended !== ending) interruption.abort(endedByOthers(message))
  }
  /** Asks what the server has, which makes the message where it has nothing. */
  const begin = async (): Promise<void> => {
    const answered = replyTo === undefined ? {} : { replyTo: replyTo as MessageId }
    const { message } = await ask<'send'>({ action: 'send', ...place, text: '', streaming: true, ...answered })
    if (!message.streaming) endAs(message)
    else if (said.value.startsWith(message.text)) held = message.text.length
    else fail(new ParleyError('conflict', 'Somebody else says something else here.'))
  }
  const grow = async (at: number): Promise<void> => {
    const upTo = wholeUpTo(said.value, at + pieceUnits)
    await ask<'delta'>({ action: 'delta', ...place, at, text: said.value.slice(at, upTo) })
    held = upTo
    await rest(paceMs, false)
  }
  const step = async (): Promise<void> => {
    if (held === undefined) return begin()
    if (held < said.value.length) return grow(held)
    if (ending) return endAs((await ask<'finish'>({ action: 'finish', ...place, ended: ending })).message)
    const before = said.value.length
    await rest(signMs, true)
    if (!isOver && !ending && said.value.length === before) await grow(held)
  }
  const run = async (): Promise<void> => {
    while (!isOver) {
      try {
        await step()
        failures = 0
      } catch (thrown) {
        const error = asParleyError(thrown)
        const isBegun = held !== undefined
        held = undefined
        if (!isPassing(error, isBegun)) fail(error)
        else await rest((error.retry ?? 0) * 1000 + backOffMs(failures, random), false)
        failures += 1
      }
    }
  }
  const leaving = [
    on('message', ({ message }) => {
      if (message.id === place.id && message.room === room && !message.streaming) endAs(message)
    }),
    on('connection', (now) => {
      if (now.status === 'ended') fail(now.reason)
      else if (now.status === 'idle') fail(stopped())
    }),
  ]
  run()
  return {
    id: place.id,
    signal: interruption.signal,
    write(text) {
      if (isOver || ending) return
      said.add(text)
      if (said.isFull) {
        ending = 'length'
        interruption.abort(new ParleyError('too_large', 'A reply has at most 30,000 characters.'))
      }
      wake()
    },
    end(ended = 'done') {
      ending ??= ended
      wake()
      return promise
    },
  }
}
