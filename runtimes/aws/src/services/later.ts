import { type Job, type Jobs, Unavailable } from '@parley/core'
import type { ConnectionId } from '@parley/protocol'
import type { Request } from './request.ts'

/** What is done later, by who takes it from a queue. */
export type Task =
  /** One frame to many connections. */
  | { readonly kind: 'frame'; readonly to: readonly ConnectionId[]; readonly frame: string }
  /** What is due by the clock; `again`: how many more times soon, while something streams. */
  | { readonly kind: 'wake'; readonly again?: number }
  | { readonly kind: 'job'; readonly job: Job }

/** Hands tasks to the queues. When the promise resolves, they survive any crash. Rejects with `Unavailable`. */
export type Later = (tasks: readonly Task[]) => Promise<void>

export interface TopicOptions {
  readonly request: Request
  /** The address of SNS. */
  readonly endpoint: string
  /** The ARN of the topic, which hands each kind of task to its queue. */
  readonly topic: string
}

/** Tasks through SNS, each a message of its own with its kind as an attribute. */
export const laterByTopic = ({ request, endpoint, topic }: TopicOptions): Later => {
  const publish = async (task: Task): Promise<void> => {
    const body = new URLSearchParams({
      Action: 'Publish',
      Version: '2010-03-31',
      TopicArn: topic,
      Message: JSON.stringify(task),
      'MessageAttributes.entry.1.Name': 'kind',
      'MessageAttributes.entry.1.Value.DataType': 'String',
      'MessageAttributes.entry.1.Value.StringValue': task.kind,
    })
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
    const asked = { method: 'POST', url: `${endpoint}/`, headers, body: body.toString() } as const
    let last: unknown
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const answer = await request(asked).catch((error: unknown) => {
        last = error
        return undefined
      })
      if (answer?.status === 200) return
      if (answer) last = new Error(`SNS answered ${answer.status}`)
    }
    throw new Unavailable('other', last)
  }
  return async (tasks) => {
    await Promise.all(tasks.map(publish))
  }
}

export const jobsByTopic = (later: Later): Jobs => ({
  enqueue: (jobs) => later(jobs.map((job) => ({ kind: 'job', job }))),
})
