import { Aws, CfnOutput, CustomResource, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { AttributeType, Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import type { Construct } from 'constructs'
import { tableDefinition, timeToLiveAttribute } from '../src/dynamo/table.ts'
import { addAlarms } from './alarms.ts'
import type { FunctionName } from './bundle.ts'
import { Front } from './front.ts'
import { makeFunction } from './functions.ts'
import { HttpApi } from './http-api.ts'
import { type BedrockModel, mayInvoke } from './models.ts'
import { SocketApi } from './socket-api.ts'
import { Work } from './work.ts'

export interface ParleyStackProps extends StackProps {
  /** The folder of all bundles. */
  readonly bundles: string
  /** The folder of the built page. */
  readonly page: string
  /** Settings of the functions that whoever deploys has chosen. */
  readonly settings: Readonly<Record<string, string>>
  readonly domain?: { readonly name: string; readonly certificateArn: string } | undefined
  /** Models that the bot's function asks with its own rights. */
  readonly bedrock?: readonly BedrockModel[] | undefined
}

const timeouts = { door: Duration.seconds(10), route: Duration.seconds(29), fanOut: Duration.seconds(60) }
/** A reply that takes longer is left half way, and taken up by another worker. */
const botTimeout = Duration.minutes(5)

const [partitionKey, sortKey] = tableDefinition.KeySchema

/** All of Parley on AWS. Nothing in it costs anything by the hour. */
export class ParleyStack extends Stack {
  readonly #table: TableV2
  readonly #work: Work
  readonly #sockets: SocketApi
  readonly #compat: SocketApi

  constructor(
    scope: Construct,
    id: string,
    { bundles, page, settings, domain, bedrock = [], ...props }: ParleyStackProps,
  ) {
    super(scope, id, props)
    this.#table = new TableV2(this, 'Table', {
      partitionKey: { name: partitionKey.AttributeName, type: AttributeType.STRING },
      sortKey: { name: sortKey.AttributeName, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      timeToLiveAttribute,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.RETAIN,
    })
    this.#work = new Work(this, 'Work', { fanOutTimeout: timeouts.fanOut, botTimeout })
    this.#sockets = new SocketApi(this, 'Sockets', { stage: 'ws', models: true })
    this.#compat = new SocketApi(this, 'Compat', { stage: 'compat', models: false })
    const http = new HttpApi(this, 'Http')

    const keysName = `/parley/${Aws.STACK_NAME}/keys`
    const arnOf = (parameter: string): string =>
      `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter${parameter}`
    const keysArn = arnOf(keysName)
    const makeKeys = makeFunction(this, { bundles, name: 'make-keys', timeout: timeouts.door, environment: {} })
    makeKeys.addToRolePolicy(
      new PolicyStatement({ actions: ['ssm:GetParameter', 'ssm:PutParameter'], resources: [keysArn] }),
    )
    const keys = new CustomResource(this, 'Keys', {
      serviceToken: makeKeys.functionArn,
      resourceType: 'Custom::ParleyKeys',
      properties: { Parameter: keysName },
      serviceTimeout: Duration.minutes(1),
    })
    const front = new Front(this, 'Front', {
      httpHost: http.host,
      socketHost: this.#sockets.host,
      compatHost: this.#compat.host,
      secret: keys.getAttString('Origin'),
      page,
      domain,
    })

    const common = {
      PARLEY_TABLE: this.#table.tableName,
      PARLEY_TOPIC: this.#work.topic.topicArn,
      PARLEY_SOCKETS: this.#sockets.address,
      PARLEY_COMPAT_SOCKETS: this.#compat.address,
      PARLEY_KEYS: keysName,
      PARLEY_ORIGINS: `https://${front.domainName}`,
      ...settings,
    }
    const make = (name: FunctionName, timeout: Duration, more: Readonly<Record<string, string>> = {}) => {
      const made = makeFunction(this, { bundles, name, timeout, environment: { ...common, ...more } })
      made.addToRolePolicy(new PolicyStatement({ actions: ['ssm:GetParameter'], resources: [keysArn] }))
      made.node.addDependency(keys)
      this.#letUseTable(made)
      return made
    }
    const speaking = (name: FunctionName, timeout: Duration, more?: Readonly<Record<string, string>>) => {
      const made = make(name, timeout, more)
      this.#letSpeak(made)
      return made
    }
    const authorizer = make('authorizer', timeouts.door)
    const connect = speaking('connect', timeouts.door)
    const message = speaking('message', timeouts.route)
    const disconnect = speaking('disconnect', timeouts.route)
    const door = { authorizer, connect, message, disconnect }
    this.#sockets.serve(door)
    this.#compat.serve(door)
    http.serve(speaking('http', timeouts.route))
    const administer = speaking('administer', timeouts.route)

    const { fanOut, bot } = this.#work
    const fanOutWorker = speaking('fan-out', timeouts.fanOut, { PARLEY_QUEUE: fanOut.queue.queueArn })
    fanOutWorker.addEventSource(
      new SqsEventSource(fanOut.queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 20 }),
    )
    fanOut.queue.grantSendMessages(fanOutWorker)
    const modelKey = `/parley/${Aws.STACK_NAME}/model-key`
    const botWorker = speaking('bot', botTimeout, {
      PARLEY_QUEUE: bot.queue.queueArn,
      PARLEY_MODEL_KEY_IN: modelKey,
    })
    botWorker.addToRolePolicy(new PolicyStatement({ actions: ['ssm:GetParameter'], resources: [arnOf(modelKey)] }))
    const invoking = mayInvoke(bedrock)
    if (invoking) botWorker.addToRolePolicy(invoking)
    botWorker.addEventSource(
      new SqsEventSource(bot.queue, { batchSize: 1, reportBatchItemFailures: true, maxConcurrency: 100 }),
    )

    const found = make('found', timeouts.route)
    const foundation = new CustomResource(this, 'Foundation', {
      serviceToken: found.functionArn,
      resourceType: 'Custom::ParleyFoundation',
      serviceTimeout: Duration.minutes(1),
    })
    foundation.node.addDependency(this.#table)

    addAlarms(this, { work: this.#work, httpApi: http.id, message, bot: botWorker })
    new CfnOutput(this, 'Address', { value: `https://${front.domainName}` })
    new CfnOutput(this, 'Administration', { value: administer.functionName })
    new CfnOutput(this, 'Region', { value: this.region })
    new CfnOutput(this, 'TableName', { value: this.#table.tableName })
  }

  #letUseTable(target: LambdaFunction): void {
    const acts = ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']
    target.addToRolePolicy(
      new PolicyStatement({ actions: acts.map((act) => `dynamodb:${act}`), resources: [this.#table.tableArn] }),
    )
  }

  /** Functions in which something happens that others are told of. */
  #letSpeak(target: LambdaFunction): void {
    target.addToRolePolicy(
      new PolicyStatement({
        actions: ['execute-api:ManageConnections'],
        resources: [this.#sockets.connections, this.#compat.connections],
      }),
    )
    this.#work.topic.grantPublish(target)
  }
}
