import { patience } from '../src/patience.ts'
import { type Counted, countOf } from './counted.ts'
import type { Month } from './price.ts'
import { assumptions } from './prices.ts'
import { nothing, plus, type Usage } from './usage.ts'

/** What a number of people does in a month, by which its price can be computed. */
export interface Habits {
  readonly name: string
  /** For who reads the page. */
  readonly told: string
  /** Of all people together. */
  readonly onlineMinutes: number
  /** How often somebody opens the page. */
  readonly openings: number
  /** How many are told that somebody came or went. */
  readonly company: number
  /** Messages to so many connections. */
  readonly sends: readonly (readonly [times: number, hearers: number])[]
  readonly reads: number
  readonly answers: readonly (readonly [times: number, hearers: number])[]
  readonly tableGigabytes: number
}

export const minutesOfMonth = 730 * 60

export const examples: readonly Habits[] = [
  {
    name: 'A team of 20',
    told: '22 days of 8 hours, all connected; 40 messages a day and person in rooms of 10; 3 questions a day and person to a model.',
    onlineMinutes: 20 * 22 * 8 * 60,
    openings: 20 * 22 * 4,
    company: 19,
    sends: [[20 * 22 * 40, 10]],
    reads: 20 * 22 * 40,
    answers: [[20 * 22 * 3, 10]],
    tableGigabytes: 0.1,
  },
  {
    name: 'A class of 100',
    told: '20 lessons of 90 minutes in one room; 5 messages a lesson and person; 10 questions a lesson to a model, before all.',
    onlineMinutes: 100 * 20 * 90,
    openings: 100 * 20 * 1.2,
    company: 12,
    sends: [[100 * 20 * 5, 100]],
    reads: 100 * 20 * 5 * 5,
    answers: [[20 * 10, 100]],
    tableGigabytes: 0.1,
  },
  {
    name: 'A community of 1,000, with a bot',
    told: '100 connected on average, day and night; 2,000 messages a day, half of them to 100 and half to 10; 50 questions a day to the bot, before 100.',
    onlineMinutes: 100 * minutesOfMonth,
    openings: 1000 * 30 * 2,
    company: 10,
    sends: [
      [30 * 1000, 100],
      [30 * 1000, 10],
    ],
    reads: 30 * 2000 * 3,
    answers: [[30 * 50, 100]],
    tableGigabytes: 0.5,
  },
]

/** Lambda listens to a queue by so many requests at a time, each of which waits so long. */
const pollers = 5
const pollSeconds = 20
const queuesListenedTo = 2

/** What happens whether somebody is there or not: two queues are listened to, and the clock is looked at. */
export const idleMonth = (counted: Counted): Month => ({
  usage: plus(plus(nothing, countOf(counted, 'a minute with nobody there'), minutesOfMonth), {
    ...nothing,
    queue: (queuesListenedTo * pollers * minutesOfMonth * 60) / pollSeconds,
  }),
  extraMs: 0,
  connectionMinutes: 0,
  tableGigabytes: 0.01,
})

const told = (people: number): Usage => ({ ...nothing, posts: people, messages: people })

/** The frames of an answer that each hearer gets: the prompt, the reply's begin and its end, and those it grows by. */
const framesOfAnswer = 15 + 3
const secondsOfAnswer = assumptions.answerMs / 1000
/** Rooms in which somebody speaks while a lease lasts: in each the lease is copied. */
const livelyRooms = 2
/** A client pings after 80 to 100 % of the time it is told, and renews its socket after some 100 minutes. */
const pingShare = 0.9
const socketMinutes = 100

/** The usage of a month with people. */
export const monthOf = (counted: Counted, habits: Habits): Month => {
  const count = (name: string): Usage => countOf(counted, name)
  const send = {
    2: count('`send` to a room of 2'),
    10: count('`send` to a room of 10'),
    100: count('`send` to a room of 100'),
  }
  const more = plus(send[100], send[10], -1)
  const keep = plus(
    count('the same answer, a second longer'),
    count('an answer of 20 tokens by one frame, to 10, with its prompt'),
    -1,
  )
  const answer = plus(
    count("a model's answer of 300 tokens by 15 frames, to 10, with its prompt"),
    keep,
    secondsOfAnswer,
  )
  const { onlineMinutes, openings, company, sends, reads, answers, tableGigabytes } = habits
  const messages = sends.reduce((sum, [times]) => sum + times, 0)
  const asked = answers.reduce((sum, [times]) => sum + times, 0)
  const pings = (onlineMinutes * 60_000) / (patience.heartbeatMs * pingShare)
  const copies = (livelyRooms * onlineMinutes * 60_000) / patience.leaseMs
  const small = sends.some(([, hearers]) => hearers === 10)
  const size = small ? '10' : '2'
  const used: readonly (readonly [number, Usage])[] = [
    ...sends.map(([times, hearers]) => [times, hearers === 100 ? send[100] : send[10]] as const),
    ...answers.flatMap(([times, hearers]) => [
      [times, answer] as const,
      [hearers === 100 ? times * framesOfAnswer : 0, more] as const,
    ]),
    [reads, count(`\`read\` in a room of ${size}`)],
    [messages, count(`\`typing\` in a room of ${size}`)],
    [messages / 4, count('`react` in a room of 10')],
    [openings + onlineMinutes / socketMinutes, count('open the page: a ticket, a socket, `hello` with 5 rooms')],
    [openings + onlineMinutes / socketMinutes, count('close it')],
    [2 * openings, told(company)],
    [2 * openings, count('`history` of 50')],
    [pings, count('`ping` that asks after 5 rooms')],
    [copies, { ...nothing, writes: 1, reads: 1 }],
  ]
  return {
    usage: used.reduce((sum, [times, usage]) => plus(sum, usage, times), idleMonth(counted).usage),
    extraMs: asked * assumptions.answerMs,
    connectionMinutes: onlineMinutes,
    tableGigabytes,
  }
}
