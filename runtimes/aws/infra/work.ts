import { Duration } from 'aws-cdk-lib'
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events'
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets'
import { SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns'
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'

/** A queue, and where its messages end that nobody could work on. */
interface Line {
  readonly queue: Queue
  readonly dead: Queue
}

export interface WorkProps {
  readonly fanOutTimeout: Duration
  readonly botTimeout: Duration
}

/**
 * What is done later: one topic, which hands each kind of task to its queue. Two queues and no more, since each that is
 * listened to costs some cents a month.
 */
export class Work extends Construct {
  readonly topic: Topic
  readonly fanOut: Line
  readonly bot: Line

  constructor(scope: Construct, id: string, { fanOutTimeout, botTimeout }: WorkProps) {
    super(scope, id)
    this.topic = new Topic(this, 'Topic', { enforceSSL: true })
    this.fanOut = this.#line('FanOut', fanOutTimeout, 10, ['frame', 'wake'])
    // A job that another worker holds comes again and again until that one has ended.
    this.bot = this.#line('Bot', botTimeout, 40, ['job'])
    new Rule(this, 'Tick', {
      description: 'What is due by the clock: leases of connections, and replies whose maker has died.',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new SqsQueue(this.fanOut.queue, { message: RuleTargetInput.fromObject({ kind: 'wake' }) })],
    })
  }

  #line(name: string, timeout: Duration, maxReceiveCount: number, kinds: readonly string[]): Line {
    const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } as const
    const dead = new Queue(this, `${name}Dead`, { ...common, retentionPeriod: Duration.days(14) })
    const queue = new Queue(this, `${name}Queue`, {
      ...common,
      // Longer than a function works on it, so that nothing is worked on twice at a time.
      visibilityTimeout: timeout.plus(Duration.seconds(30)),
      deadLetterQueue: { queue: dead, maxReceiveCount },
    })
    this.topic.addSubscription(
      new SqsSubscription(queue, {
        rawMessageDelivery: true,
        filterPolicy: { kind: SubscriptionFilter.stringFilter({ allowlist: [...kinds] }) },
      }),
    )
    return { queue, dead }
  }
}
