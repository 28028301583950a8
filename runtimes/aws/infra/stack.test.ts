import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Action, actions, upFrameModel } from '@parley/protocol'
import { Match, Template } from 'aws-cdk-lib/assertions'
import { afterAll, describe, expect, test } from 'vitest'
import { readCounted } from '../cost/counted.ts'
import { importTimes } from '../cost/import-times.ts'
import { measure } from '../cost/measure.ts'
import { play } from '../cost/play.ts'
import { readSettings } from '../src/settings.ts'
import { bundleBytes, functionNames } from './bundle.ts'
import { acceptedFindings } from './findings.ts'
import { synthesize } from './synth.ts'

const output = await mkdtemp(join(tmpdir(), 'parley-synth-'))
afterAll(() => rm(output, { recursive: true, force: true }))
const assembly = await synthesize({ output, page: join(output, 'no-page'), environment: { PARLEY_GUESTS: 'on' } })
const template = Template.fromJSON(assembly.getStackByName('Parley').template)
type Resource = { readonly Type: string; readonly Properties: Record<string, unknown> }
const resources = Object.entries(template.toJSON().Resources as Record<string, Resource>)
const ofType = (type: string): readonly Resource[] =>
  resources.map(([, one]) => one).filter(({ Type }) => Type === type)

describe('the stack', () => {
  test('names no account and no region', () => {
    const text = JSON.stringify(template.toJSON())
    expect(text).not.toMatch(/\b\d{12}\b/)
    expect(text).not.toMatch(/\b(?:us|eu|ap)-[a-z]+-\d\b/)
  })

  test('has nothing with a fixed charge', () => {
    const forbidden = [
      /^AWS::EC2::/,
      /^AWS::WAF/,
      /^AWS::RDS::/,
      /^AWS::OpenSearch/,
      /^AWS::Elasti/,
      /^AWS::MemoryDB::/,
      /^AWS::SecretsManager::/,
      /^AWS::KMS::/,
      /^AWS::ECS::/,
      /^AWS::EKS::/,
      /^AWS::AppRunner::/,
      /^AWS::ElasticLoadBalancing/,
      /^AWS::Kinesis::/,
      /^AWS::MSK::/,
      /^AWS::CloudWatch::Dashboard$/,
      /^AWS::Route53::/,
      /^AWS::ApplicationAutoScaling::/,
    ]
    const types = new Set(resources.map(([, { Type }]) => Type))
    expect([...types].filter((type) => forbidden.some((pattern) => pattern.test(type)))).toEqual([])
    template.resourceCountIs('AWS::DynamoDB::Table', 0)
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', { BillingMode: 'PAY_PER_REQUEST' })
    for (const { Properties } of ofType('AWS::Lambda::Function')) {
      expect(Properties).not.toHaveProperty('ProvisionedConcurrencyConfig')
      expect(Properties).not.toHaveProperty('VpcConfig')
    }
    expect(ofType('AWS::Lambda::Alias')).toEqual([])
    expect(ofType('AWS::CloudWatch::Alarm').length).toBeLessThanOrEqual(10)
    // Each queue that is listened to is asked several times a minute, by night too.
    expect(ofType('AWS::Lambda::EventSourceMapping')).toHaveLength(2)
  })

  test('keeps its data: by itself, and when the stack goes', () => {
    template.hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
        Replicas: [Match.objectLike({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } })],
      },
    })
  })

  test('runs small functions of our own on arm64, each with a log that ends', () => {
    const own = ofType('AWS::Lambda::Function').filter(({ Properties }) => Properties.Handler === 'index.handler')
    const ours = own.filter(({ Properties }) => String(Properties.Runtime).startsWith('nodejs'))
    expect(ours).toHaveLength(functionNames.length)
    for (const { Properties } of ours) {
      expect(Properties).toMatchObject({ Architectures: ['arm64'], MemorySize: 512, Runtime: 'nodejs24.x' })
      expect(Properties).toHaveProperty('LoggingConfig.LogGroup')
    }
    for (const { Properties } of ofType('AWS::Logs::LogGroup')) expect(Properties.RetentionInDays).toBe(30)
  })

  test('tells each function all settings that it reads', () => {
    const environments = ofType('AWS::Lambda::Function').flatMap(({ Properties }) => {
      const variables = (Properties.Environment as { Variables?: Record<string, unknown> } | undefined)?.Variables
      return variables && 'PARLEY_TABLE' in variables ? [variables] : []
    })
    expect(environments).toHaveLength(functionNames.length - 1)
    for (const variables of environments) {
      const texts = Object.entries(variables).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : name === 'PARLEY_TABLE' ? 'table' : 'https://somewhere.example/ws',
      ])
      const settings = readSettings({ AWS_REGION: 'eu-central-1', ...Object.fromEntries(texts) })
      expect(settings).toMatchObject({ table: 'table', guests: 'on', framesPerSecond: 20 })
    }
  })
})

describe('the socket', () => {
  const routes = ofType('AWS::ApiGatewayV2::Route')
  const modelOf = (name: string): unknown =>
    ofType('AWS::ApiGatewayV2::Model').find(({ Properties }) => Properties.Name === name)?.Properties.Schema

  test.each(Object.keys(actions) as Action[])('has a route for %s, with its model of draft 4', (action) => {
    const found = routes.filter(({ Properties }) => Properties.RouteKey === action)
    expect(found).toHaveLength(1)
    const { Properties } = found[0] as Resource
    expect(Properties).toMatchObject({
      ModelSelectionExpression: '$request.body.action',
      RouteResponseSelectionExpression: '$default',
    })
    const name = (Properties.RequestModels as Record<string, string>)[action] ?? ''
    expect(name).toMatch(/^[A-Za-z0-9]+$/)
    expect(modelOf(name)).toEqual(upFrameModel(action))
    expect(modelOf(name)).toMatchObject({ $schema: 'http://json-schema.org/draft-04/schema#' })
  })

  test('has a stage for Parley and one for dialects, let in by the authorizer, which finds its ticket itself', () => {
    const stages = ofType('AWS::ApiGatewayV2::Stage').map(({ Properties }) => Properties.StageName)
    expect(stages.toSorted()).toEqual(['$default', 'compat', 'ws'])
    const connects = routes.filter(({ Properties }) => Properties.RouteKey === '$connect')
    expect(connects.map(({ Properties }) => Properties.AuthorizationType)).toEqual(['CUSTOM', 'CUSTOM'])
    for (const { Properties } of ofType('AWS::ApiGatewayV2::Authorizer')) {
      expect(Properties).toMatchObject({ AuthorizerType: 'REQUEST', IdentitySource: [] })
    }
    expect(routes.filter(({ Properties }) => Properties.RouteKey === '$default')).toHaveLength(3)
  })
})

describe('the front', () => {
  const [distribution] = ofType('AWS::CloudFront::Distribution')
  const { Origins, CacheBehaviors } = (distribution as Resource).Properties.DistributionConfig as {
    Origins: { Id: string; OriginCustomHeaders?: object[]; OriginAccessControlId?: unknown }[]
    CacheBehaviors: { PathPattern: string; TargetOriginId: string }[]
  }

  test('leads to the API, the socket and the dialects, with the secret that they demand', () => {
    expect(CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual([
      '/api',
      '/api/*',
      '/config.json',
      '/ws',
      '/compat/*/',
      '/compat/*/*',
      '/compat/*',
    ])
    for (const { TargetOriginId } of CacheBehaviors) {
      const origin = Origins.find(({ Id }) => Id === TargetOriginId)
      expect(origin?.OriginCustomHeaders).toEqual([
        { HeaderName: 'x-parley-origin', HeaderValue: { 'Fn::GetAtt': ['Keys', 'Origin'] } },
      ])
    }
  })

  test('alone reads the page, from a bucket that is closed to all others', () => {
    expect(Origins.filter((origin) => origin.OriginAccessControlId)).toHaveLength(1)
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    })
  })
})

describe('what is done later', () => {
  test('goes through one topic to two queues, each with a place for what nobody could do', () => {
    template.resourceCountIs('AWS::SNS::Topic', 1)
    const filters = ofType('AWS::SNS::Subscription').map(({ Properties }) => Properties.FilterPolicy)
    expect(filters).toEqual([{ kind: ['frame', 'wake'] }, { kind: ['job'] }])
    const redriven = ofType('AWS::SQS::Queue').filter(({ Properties }) => Properties.RedrivePolicy)
    expect(redriven).toHaveLength(2)
    for (const { Properties } of ofType('AWS::Lambda::EventSourceMapping')) {
      expect(Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures'])
    }
  })

  test('stays hidden for longer than a function works on it', () => {
    const seconds = (type: string, name: string): readonly number[] =>
      ofType(type).flatMap(({ Properties }) => (Properties[name] === undefined ? [] : [Number(Properties[name])]))
    const visibility = seconds('AWS::SQS::Queue', 'VisibilityTimeout')
    expect(visibility.toSorted((a, b) => a - b)).toEqual([90, 330])
    expect(seconds('AWS::Lambda::Function', 'Timeout').filter((timeout) => timeout >= 60)).toEqual(
      expect.arrayContaining([60, 300]),
    )
  })
})

describe('the roles', () => {
  test('of our functions may nothing everywhere but what the library has for its upload', () => {
    const policies = resources.filter(([id, { Type }]) => Type === 'AWS::IAM::Policy' && !id.startsWith('Custom'))
    for (const [id, { Properties }] of policies) {
      const { Statement } = Properties.PolicyDocument as {
        Statement: { Action: string | string[]; Resource: unknown }[]
      }
      for (const { Action, Resource } of Statement) {
        expect(
          [Action].flat().filter((action) => action.includes('*')),
          id,
        ).toEqual([])
        expect(Resource, id).not.toBe('*')
      }
    }
  })

  test('and the rest of what a check of good practice finds is explained', async () => {
    for (const reason of Object.values(acceptedFindings)) expect(reason).toMatch(/^.{30,}\.$/)
    const report = JSON.parse(await readFile(join(output, 'validation-report.json'), 'utf8'))
    expect(JSON.stringify(report)).not.toContain('"conclusion":"failure"')
  })
})

describe('the bundles', () => {
  test('of what is on the way to a first answer load less than 450 KB', () => {
    for (const name of ['authorizer', 'connect', 'message', 'disconnect', 'fan-out'] as const) {
      expect(bundleBytes(join(output, 'bundles'), name), name).toBeLessThan(450_000)
    }
    expect(bundleBytes(join(output, 'bundles'), 'http')).toBeLessThan(500_000)
  })

  test('take no more than some times as long to load as a client of DynamoDB alone', async () => {
    const [, message] = await importTimes(join(output, 'bundles'), ['message'], 3)
    expect(message?.times).toBeLessThan(4)
  })

  test('leave models alone until a bot needs one', async () => {
    const bundle = await readFile(join(output, 'bundles', 'bot', 'index.mjs'), 'utf8')
    expect(bundle).not.toContain('@ai-sdk/')
  })
})

describe('when it runs', () => {
  test('each command uses what the table of costs says; if it shall be otherwise: npm run cost', async () => {
    expect(await measure(output, play)).toStrictEqual(readCounted())
  }, 120_000)
})
