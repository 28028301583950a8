import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { account, region } from './addresses.ts'

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
})

/** A resource with all references in it resolved. */
export interface Resource {
  readonly id: string
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** A synthesized stack, as CloudFormation would see it. */
export interface StackTemplate {
  /** Where assets are. */
  readonly folder: string
  ofType(type: string): readonly Resource[]
  resolve(value: unknown): unknown
}

const pseudo: Readonly<Record<string, string>> = {
  'AWS::Region': region,
  'AWS::AccountId': account,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'Parley',
  'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/Parley/1`,
}

const services: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'lambda',
  'AWS::SQS::Queue': 'sqs',
  'AWS::SNS::Topic': 'sns',
}

/** Attributes that are known only while the stack runs, by `Logical.Attribute`. */
export type Attributes = (id: string, attribute: string) => string | undefined

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Reads a template from the folder that a synthesis was written to. @throws {Error} for a function of templates that it lacks */
export const readTemplate = (folder: string, attributes: Attributes): StackTemplate => {
  const { Resources } = Template.parse(JSON.parse(readFileSync(join(folder, 'Parley.template.json'), 'utf8')))
  const arnOf = (id: string): string =>
    `arn:aws:${services[Resources[id]?.Type ?? ''] ?? 'other'}:${region}:${account}:${id}`
  const refOf = (id: string): string => {
    if (pseudo[id] !== undefined) return pseudo[id]
    const type = Resources[id]?.Type
    if (type === 'AWS::SNS::Topic') return arnOf(id)
    return type === 'AWS::ApiGatewayV2::Api' ? id.toLowerCase() : id
  }
  const attributeOf = (id: string, attribute: string): string => {
    const known = attributes(id, attribute)
    if (known !== undefined) return known
    return attribute.toLowerCase().endsWith('arn') ? arnOf(id) : `${id}.${attribute}`
  }
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve)
    if (!isObject(value)) return value
    const [[name, inner] = ['', undefined], second] = Object.entries(value)
    if (second === undefined && name === 'Ref') return refOf(String(inner))
    if (second === undefined && name === 'Fn::GetAtt') return attributeOf(...(inner as [string, string]))
    if (second === undefined && name === 'Fn::Join') {
      const [separator, parts] = inner as [string, unknown[]]
      return parts.map(resolve).join(separator)
    }
    if (second === undefined && name === 'Fn::Sub' && typeof inner === 'string') {
      return inner.replace(/\$\{([^}]+)\}/g, (_, id: string) => refOf(id))
    }
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, resolve(held)]))
  }
  return {
    folder,
    resolve,
    ofType: (type) =>
      Object.entries(Resources)
        .filter(([, resource]) => resource.Type === type)
        .map(([id, { Properties }]) => ({
          id,
          type,
          properties: resolve(Properties) as Record<string, unknown>,
        })),
  }
}
