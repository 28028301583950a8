import { Duration } from 'aws-cdk-lib'
import { Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import type { Work } from './work.ts'

export interface Watched {
  readonly work: Work
  readonly httpApi: string
  readonly message: LambdaFunction
  readonly bot: LambdaFunction
}

/** What somebody should look at. Ten alarms are free in an account. */
export const addAlarms = (scope: Construct, { work, httpApi, message, bot }: Watched): void => {
  const period = Duration.minutes(5)
  const alarm = (name: string, metric: IMetric, threshold: number, alarmDescription: string): void => {
    new Alarm(scope, name, {
      metric,
      threshold,
      alarmDescription,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
  }
  const visible = (queue: Work['bot']['dead']): IMetric => queue.metricApproximateNumberOfMessagesVisible({ period })
  alarm('DeadFrames', visible(work.fanOut.dead), 1, 'Frames could not be brought to their connections.')
  alarm('DeadJobs', visible(work.bot.dead), 1, 'A bot could not answer a prompt.')
  alarm('MessageErrors', message.metricErrors({ period }), 5, 'Frames of clients made a function fail.')
  alarm(
    'MessageThrottles',
    message.metricThrottles({ period }),
    1,
    'The account has no room for more functions at once.',
  )
  alarm('BotErrors', bot.metricErrors({ period }), 5, 'The bot worker fails.')
  const fiveHundreds = new Metric({
    namespace: 'AWS/ApiGateway',
    metricName: '5xx',
    dimensionsMap: { ApiId: httpApi },
    statistic: 'Sum',
    period,
  })
  alarm('HttpErrors', fiveHundreds, 5, 'Requests to the HTTP API fail.')
}
