import { patience } from '../src/patience.ts'
import { cents, idleBudget, idleCost, roomCosts } from './budgets.ts'
import { type Counted, countOf } from './counted.ts'
import { examples, type Habits, idleMonth, minutesOfMonth, monthOf } from './months.ts'
import { type Month, type Price, priceOf, priceOfMonth } from './price.ts'
import { allowances, assumptions, prices } from './prices.ts'
import { invocations, type Usage } from './usage.ts'

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), `|---|${'---:|'.repeat(head.length - 1)}`, ...rows.map(line)].join('\n')
}

const dollars = (amount: number): string =>
  `$${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`

/** How long functions run besides what is assumed of all. */
const extraMsOf = (name: string): number => {
  if (name.includes('password')) return assumptions.passwordMs
  return name.includes('300 tokens') ? assumptions.answerMs : 0
}

const number = (amount: number): string => (amount === 0 ? '' : String(amount))

const commandRow = (name: string, usage: Usage): readonly string[] => [
  name,
  number(usage.requests),
  number(usage.messages),
  number(invocations(usage)),
  number(usage.writes),
  number(usage.reads),
  number(usage.topic + usage.queue),
  dollars(priceOf(usage, extraMsOf(name)).total * 1_000_000),
]

const parts = ({ gateway, functions, table: kept, queues, total }: Price): readonly string[] =>
  [gateway, functions, kept, queues, total].map(dollars)

const monthRow = (name: string, month: Month): readonly string[] => [
  name,
  ...parts(priceOfMonth(month, true)),
  dollars(priceOfMonth(month, false).total),
]

const habitLine = ({ name, told }: Habits): string => `- **${name}**: ${told}`

/** `docs/cost.md`: what was counted, priced. */
export const costPage = (counted: Counted): string => {
  const idle = idleMonth(counted)
  const minute = countOf(counted, 'a minute with nobody there')
  const { beyondFree, list } = idleCost(counted)
  const { gigabytes, runMs, postMs, passwordMs, answerMs } = assumptions
  const { perMillion, gigabyteMonth } = prices
  const million = (amount: number): string => (amount / 1_000_000).toLocaleString('en-US')
  return `# What Parley costs on AWS

Every call that a command makes is counted, by letting the stack run on this machine with the functions that are deployed
([docs/aws.md](aws.md#on-this-machine)), and priced by the list prices of ${prices.read}. This page is written by
\`npm run cost\`; a test counts again, and fails when the page says something else. No bill of a real account has been
compared with it yet.

What cannot be counted without a bill is assumed: functions of ${gigabytes * 1024} MB run for ${runMs} ms, and for ${postMs} ms more for
each frame that they post; checking a password takes ${passwordMs} ms, a model ${answerMs / 1000} s for 300 tokens. Texts have 200
bytes, nobody else is in the way, functions are warm. What the model's provider asks for is not in any of these figures.

## A million messages

API Gateway asks for one frame in and one to each who hears the room: nothing that delivers by it can be cheaper.

${table(
  ['to rooms of', 'API Gateway alone', 'all in all', 'times', 'at most'],
  roomCosts(counted).map(({ hearers, floor, cost, budget }) => [
    String(hearers),
    dollars(floor),
    dollars(cost),
    (cost / floor).toFixed(2),
    budget.toFixed(2),
  ]),
)}

## With nobody there

**${cents(beyondFree)} a month** beyond what every account has free for ever, and ${cents(list)} where something else in the account uses
that up. Nothing is charged by the hour. It is:

- once a minute a look at the clock, for connections and replies that nobody has ended: ${invocations(minute)} function,
  ${minute.reads} read units and ${minute.queue} requests to a queue, ${dollars(priceOf(minute).total * minutesOfMonth)} a month;
- two queues that Lambda listens to, day and night, by five requests of 20 seconds at a time each:
  ${million(idle.usage.queue)} million requests a month in all, of which ${million(allowances.queue)} million are free. It is the
  dearest part, and the reason why there are two queues and no more. How often Lambda asks is its own choice; this is the
  most that is known of it;
- what is stored: ${dollars(gigabyteMonth.table)} a gigabyte and month, the first ${allowances.tableGigabytes} free, and ${dollars(gigabyteMonth.recovery)} for the point-in-time
  recovery of each. A million messages of 200 bytes are about half a gigabyte. The page's files and the logs are below a
  cent;
- six alarms (${allowances.alarms} are free), keys in the free kind of parameter, no secret of Secrets Manager, no key of KMS of our own.

With people, five metrics of our own are written once a minute (${allowances.metrics} are free in an account, each further one $0.30), and
lines into the log where something goes wrong ($0.50 a gigabyte).

A test holds it below ${dollars(idleBudget.beyondFree)} beyond what is free, and below ${dollars(idleBudget.list)} in any case.

## Months with people

${examples.map(habitLine).join('\n')}

Everybody also opens the page and closes it, types, moves the read marker, reacts, reads history, and pings; the usage of
each is in \`runtimes/aws/cost/months.ts\`, to be changed and computed again.

${table(
  ['dollars a month', 'gateway', 'functions', 'table', 'queues', 'together', 'with nothing free'],
  [monthRow('Nobody', idle), ...examples.map((habits) => monthRow(habits.name, monthOf(counted, habits)))],
)}

What is free for a new account's first year is not taken off. CloudFront's terabyte a month is, for the page and for all
that goes through it.

## Each command

What one of them uses, and what a million cost. Frames are those of sockets, up and down, in pieces of 32 KB; units are
DynamoDB's; there are no transactions, whose units would cost twice as much.

${table(
  ['', 'requests', 'frames', 'functions', 'write units', 'read units', 'topic, queues', 'a million'],
  Object.entries(counted).map(([name, usage]) => commandRow(name, usage)),
)}

A socket that is open costs ${dollars(perMillion.connectionMinute)} for a million minutes, about a cent for each month that somebody is there day and
night, and a ping every ${patience.heartbeatMs / 60_000} minutes.

What is not in the table:

- **A cold start** takes some hundreds of milliseconds that are billed; that of the authorizer and of the HTTP API reads
  the keys, too, which is free.
- **Others who write to the same room in the same moment**: who comes second reads and writes once more.
- **A lease that has ended.** Each ${patience.leaseMs / 60_000} minutes that a connection lasts, its lease is copied into each room in which somebody
  speaks: a write unit and a read unit. The months have it.
- **Bigger rooms.** From 50 connections on frames go through the topic and the queue, and what is said in the same moment
  goes in one frame: a lively room of a thousand costs less than its messages one by one.
- **Who comes and goes** is told to the others, one frame each, in rooms of up to 50 connections. The months have it.
`
}
