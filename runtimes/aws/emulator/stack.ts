import { z } from 'zod'
import { account, region } from './addresses.ts'
import type { Behavior } from './front.ts'
import type { Subscription } from './services.ts'
import type { SocketRoute } from './socket-gateway.ts'
import type { QueueFacts } from './sqs.ts'
import type { Resource, StackTemplate } from './template.ts'

const arn = (service: string, id: string): string => `arn:aws:${service}:${region}:${account}:${id}`

const FunctionProperties = z.object({
  Handler: z.literal('index.handler'),
  Runtime: z.string().startsWith('nodejs'),
  Timeout: z.number(),
  Code: z.object({ S3Key: z.string() }),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }).optional(),
})

/** The functions that are ours; those of the library have other handlers. */
export const functionsOf = (template: StackTemplate) =>
  template.ofType('AWS::Lambda::Function').flatMap(({ id, properties }) => {
    const read = FunctionProperties.safeParse(properties)
    if (!read.success) return []
    const { Timeout, Code, Environment } = read.data
    return [
      {
        id,
        asset: `asset.${Code.S3Key.replace(/\.zip$/, '')}`,
        timeoutMs: Timeout * 1000,
        environment: Environment?.Variables ?? {},
      },
    ]
  })

const QueueProperties = z.object({
  VisibilityTimeout: z.number().default(30),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() }).optional(),
})

export const queuesOf = (template: StackTemplate): readonly QueueFacts[] =>
  template.ofType('AWS::SQS::Queue').map(({ id, properties }) => {
    const { VisibilityTimeout, RedrivePolicy } = QueueProperties.parse(properties)
    return {
      arn: arn('sqs', id),
      visibilityMs: VisibilityTimeout * 1000,
      ...(RedrivePolicy && {
        dead: { arn: RedrivePolicy.deadLetterTargetArn, maxReceives: RedrivePolicy.maxReceiveCount },
      }),
    }
  })

const SubscriptionProperties = z.object({
  TopicArn: z.string(),
  Endpoint: z.string(),
  RawMessageDelivery: z.literal(true),
  FilterPolicy: z.object({ kind: z.array(z.string()) }),
})

export const subscriptionsOf = (template: StackTemplate): readonly Subscription[] =>
  template.ofType('AWS::SNS::Subscription').map(({ properties }) => {
    const { TopicArn, Endpoint, FilterPolicy } = SubscriptionProperties.parse(properties)
    return { topic: TopicArn, queue: Endpoint, kinds: FilterPolicy.kind }
  })

const MappingProperties = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.number(),
  ScalingConfig: z.object({ MaximumConcurrency: z.number() }),
})

export const mappingsOf = (template: StackTemplate) =>
  template.ofType('AWS::Lambda::EventSourceMapping').map(({ properties }) => {
    const { EventSourceArn, FunctionName, BatchSize, ScalingConfig } = MappingProperties.parse(properties)
    return {
      queue: EventSourceArn,
      function: FunctionName,
      batchSize: BatchSize,
      concurrency: ScalingConfig.MaximumConcurrency,
    }
  })

/** The function that an address of Lambda's names: its ARN, perhaps inside of that of an invocation. */
const targetOf = (uri: unknown): string => /:lambda:[^:]*:\d+:([A-Za-z0-9]+)/.exec(String(uri))?.[1] ?? ''

const ofApi = (template: StackTemplate, type: string, api: string): readonly Resource[] =>
  template.ofType(`AWS::ApiGatewayV2::${type}`).filter(({ properties }) => properties.ApiId === api)

const apisOf = (template: StackTemplate, protocol: 'HTTP' | 'WEBSOCKET'): readonly string[] =>
  template
    .ofType('AWS::ApiGatewayV2::Api')
    .filter(({ properties }) => properties.ProtocolType === protocol)
    .map(({ id }) => id.toLowerCase())

/** The function behind an integration of an API. */
const integrationsOf = (template: StackTemplate, api: string): ReadonlyMap<string, string> =>
  new Map(
    ofApi(template, 'Integration', api).map(({ id, properties }) => [
      `integrations/${id}`,
      targetOf(properties.IntegrationUri),
    ]),
  )

export const httpApiOf = (template: StackTemplate): { readonly id: string; readonly target: string } => {
  const [id = ''] = apisOf(template, 'HTTP')
  const [target = ''] = integrationsOf(template, id).values()
  return { id, target }
}

export const socketApisOf = (template: StackTemplate) =>
  apisOf(template, 'WEBSOCKET').map((api) => {
    const integrations = integrationsOf(template, api)
    const models = new Map(
      ofApi(template, 'Model', api).map(({ properties }) => [String(properties.Name), properties.Schema]),
    )
    const answering = new Set(ofApi(template, 'RouteResponse', api).map(({ properties }) => properties.RouteId))
    const routes: Record<string, SocketRoute> = {}
    for (const { id, properties } of ofApi(template, 'Route', api)) {
      const key = String(properties.RouteKey)
      const model = (properties.RequestModels as Record<string, string> | undefined)?.[key]
      routes[key] = {
        function: integrations.get(String(properties.Target)) ?? '',
        answers: answering.has(id),
        ...(model !== undefined && { model: models.get(model) }),
      }
    }
    const [authorizer] = ofApi(template, 'Authorizer', api)
    const [stage] = ofApi(template, 'Stage', api)
    return {
      api,
      stage: String(stage?.properties.StageName),
      authorizer: targetOf(authorizer?.properties.AuthorizerUri),
      routes,
    }
  })

const Association = z.array(z.object({ FunctionARN: z.string() })).default([])
const CacheBehavior = z.object({
  PathPattern: z.string().optional(),
  TargetOriginId: z.string(),
  FunctionAssociations: Association,
})
const Origin = z.object({
  Id: z.string(),
  DomainName: z.string(),
  OriginCustomHeaders: z.array(z.object({ HeaderName: z.string(), HeaderValue: z.string() })).default([]),
})
const Distribution = z.object({
  DistributionConfig: z.object({
    CacheBehaviors: z.array(CacheBehavior),
    DefaultCacheBehavior: CacheBehavior,
    Origins: z.array(Origin),
  }),
})

/** What CloudFront does with which path, in the order in which it looks. */
export const behaviorsOf = (template: StackTemplate): readonly Behavior[] => {
  const [distribution] = template.ofType('AWS::CloudFront::Distribution')
  const { DistributionConfig } = Distribution.parse(distribution?.properties)
  const edges = new Map(
    template
      .ofType('AWS::CloudFront::Function')
      .map(({ id, properties }) => [arn('other', id), String(properties.FunctionCode)]),
  )
  const origins = new Map(DistributionConfig.Origins.map((origin) => [origin.Id, origin]))
  const all = [...DistributionConfig.CacheBehaviors, DistributionConfig.DefaultCacheBehavior]
  return all.map(({ PathPattern, TargetOriginId, FunctionAssociations }) => {
    const origin = origins.get(TargetOriginId)
    const api = /^([a-z0-9]+)\.execute-api\./.exec(origin?.DomainName ?? '')?.[1]
    return {
      pattern: PathPattern,
      origin: api === undefined ? { kind: 'page' } : { kind: 'api', id: api },
      headers: Object.fromEntries(
        (origin?.OriginCustomHeaders ?? []).map(({ HeaderName, HeaderValue }) => [HeaderName, HeaderValue]),
      ),
      edge: edges.get(FunctionAssociations[0]?.FunctionARN ?? ''),
    }
  })
}
