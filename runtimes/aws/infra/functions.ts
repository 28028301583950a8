import { join } from 'node:path'
import { type Duration, RemovalPolicy } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import type { FunctionName } from './bundle.ts'

export interface FunctionFacts {
  /** The folder of all bundles. */
  readonly bundles: string
  readonly name: FunctionName
  readonly timeout: Duration
  readonly environment: Readonly<Record<string, string>>
}

const idOf = (name: string): string =>
  name
    .split('-')
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join('')

/** A function with a log that is kept for a month, and a role that may write that log and nothing else. */
export const makeFunction = (
  scope: Construct,
  { bundles, name, timeout, environment }: FunctionFacts,
): LambdaFunction => {
  const logGroup = new LogGroup(scope, `${idOf(name)}Log`, {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  const role = new Role(scope, `${idOf(name)}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      log: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            resources: [logGroup.logGroupArn],
          }),
        ],
      }),
    },
  })
  return new LambdaFunction(scope, `${idOf(name)}Function`, {
    code: Code.fromAsset(join(bundles, name)),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: 512,
    timeout,
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    // A line for the start and end of each call would cost more than what it tells.
    systemLogLevelV2: SystemLogLevel.WARN,
    applicationLogLevelV2: ApplicationLogLevel.INFO,
    environment,
  })
}
