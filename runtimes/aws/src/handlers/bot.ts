import { createBot, machineTimers } from '@parley/bot'
import type { Job } from '@parley/core'
import { openParley } from '../ports.ts'
import { keysIn, readParameter } from '../services/keys.ts'
import type { Task } from '../services/later.ts'
import { endpointOf, environmentCredentials, signedRequest } from '../services/request.ts'
import type { FunctionContext, QueueAnswer, QueueEvent } from './events.ts'

/** Keys of models by the names of their variables, from the parameter that only this function may read. */
const modelKeys = async (): Promise<Readonly<Record<string, string>>> => {
  const { AWS_REGION: region = '', PARLEY_MODEL_KEY_IN: name = '' } = process.env
  const ask = signedRequest('ssm', region, environmentCredentials(process.env))
  const text = await readParameter(ask, endpointOf('ssm', region, process.env), name)
  return text === undefined ? {} : keysIn(text)
}

const { chat, ports, queue, settings } = await openParley({ ...(await modelKeys()), ...process.env }, true)
const { catalogue, deltasPerSecond: framesPerSecond } = settings
const own = queue(process.env.PARLEY_QUEUE ?? '')
const bot = createBot({ chat, catalogue, timers: machineTimers, log: ports.log, framesPerSecond })

type Taken = QueueEvent['Records'][number]

/** While a job is worked on, its message stays hidden for so long at a time: who dies is soon followed by another. */
const heldSeconds = 25
const signMs = 10_000
/** Before the function's time is over, a job is left for the next one. */
const leaveMs = 15_000

/** Holds a message until released. */
const holding = (receipt: string): { release(): void } => {
  const sign = (): void => {
    own.hold(receipt, heldSeconds).catch((error) => ports.log.warn({ err: error }, 'a job could not be held'))
  }
  const timer = setInterval(sign, signMs)
  return { release: () => clearInterval(timer) }
}

/** How long a message stays hidden, in seconds, that was taken so often in vain. */
const backOff = (receives: number): number => Math.min(2 ** Math.max(receives - 1, 0), 60)

const work = async (job: Job, { receiptHandle, attributes }: Taken, leftMs: number): Promise<boolean> => {
  await own.hold(receiptHandle, heldSeconds)
  const held = holding(receiptHandle)
  try {
    const worked = await bot.work(job, AbortSignal.timeout(Math.max(leftMs - leaveMs, 1)))
    if (worked === 'done') return true
    const waitMs = Date.parse(worked.until) - ports.clock.now()
    await own.hold(receiptHandle, Math.min(Math.max(Math.ceil(waitMs / 1000), 1), 900))
    return false
  } catch (error) {
    ports.log.warn({ err: error, job: job.id }, 'a job was left')
    await own.hold(receiptHandle, backOff(Number(attributes.ApproximateReceiveCount)))
    return false
  } finally {
    held.release()
  }
}

/** Lets a bot take a job. */
export const handler = async ({ Records }: QueueEvent, context: FunctionContext): Promise<QueueAnswer> => {
  const failed: { itemIdentifier: string }[] = []
  for (const taken of Records) {
    const task: Task = JSON.parse(taken.body)
    if (task.kind !== 'job') continue
    const done = await work(task.job, taken, context.getRemainingTimeInMillis())
    if (!done) failed.push({ itemIdentifier: taken.messageId })
  }
  return { batchItemFailures: failed }
}
