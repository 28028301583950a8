import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, Validations } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { AwsSolutionsChecks } from 'cdk-nag'
import { afterAll, describe, expect, test } from 'vitest'
import { functionNames } from './bundle.ts'
import { acknowledgeFindings } from './findings.ts'
import { type BedrockModel, modelsIn } from './models.ts'
import { ParleyStack } from './stack.ts'

const folder = await mkdtemp(join(tmpdir(), 'parley-models-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A file of these models, as a setting. */
const named = async (...models: readonly object[]) => {
  const path = join(folder, `${crypto.randomUUID()}.json`)
  await writeFile(path, JSON.stringify({ models }))
  return { PARLEY_MODELS: path }
}
const nova = { name: 'Nova', provider: 'bedrock', region: 'us-east-1', model: 'amazon.nova-lite-v1:0' }
const claude = { name: 'Claude', provider: 'anthropic', model: 'claude-sonnet-4-5' }
const local = { name: 'Here', provider: 'openai-compatible', url: 'http://127.0.0.1:1/v1', model: 'm' }

describe('a file of models', () => {
  test('goes along as it is, with the names of its keys and what Bedrock is asked for', async () => {
    const other = { ...nova, name: 'By key', keyFrom: 'BEDROCK_KEY' }
    const models = modelsIn(await named(nova, claude, other))
    expect(JSON.parse(models?.text ?? '')).toEqual({ models: [nova, claude, other] })
    expect(models?.keys).toEqual(['ANTHROPIC_API_KEY', 'BEDROCK_KEY'])
    expect(models?.bedrock).toEqual([{ region: 'us-east-1', model: 'amazon.nova-lite-v1:0' }])
  })

  test('is not needed', () => {
    expect(modelsIn({})).toBeUndefined()
    expect(modelsIn({ PARLEY_MODEL_URL: local.url, PARLEY_MODEL: local.model })).toBeUndefined()
  })

  test('is refused with a key in it, beside one model by settings, and where it is wrong', async () => {
    const withKey = await named({ ...local, key: 'sk-1' })
    expect(() => modelsIn(withKey)).toThrow(/keyFrom/)
    const right = await named(claude)
    expect(() => modelsIn({ ...right, PARLEY_MODEL_URL: local.url })).toThrow(/both set/)
    expect(() => modelsIn({ PARLEY_MODELS: join(folder, 'none.json') })).toThrow(/cannot be read/)
  })
})

describe('the bot', () => {
  /** What the roles of a stack with these models of Bedrock may do there; a check of good practice finds nothing else. */
  const rights = async (...bedrock: readonly BedrockModel[]) => {
    const outdir = await mkdtemp(join(folder, 'stack-'))
    const bundles = join(folder, 'bundles')
    for (const name of functionNames) await mkdir(join(bundles, name), { recursive: true })
    const app = new App({ outdir, analyticsReporting: false })
    const stack = new ParleyStack(app, 'Parley', { bundles, page: '/nowhere', settings: {}, bedrock })
    acknowledgeFindings(stack, bedrock)
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
    const template = Template.fromJSON(app.synth().getStackByName('Parley').template)
    return Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(([id, { Properties }]) =>
      Properties.PolicyDocument.Statement.flatMap(
        (statement: { readonly Action: string; readonly Resource: unknown }) =>
          JSON.stringify(statement).includes('bedrock') ? [{ id, ...statement }] : [],
      ),
    )
  }

  test('may ask the models of Bedrock that are named, and is the only one that may', async () => {
    const statements = await rights(
      { region: 'us-east-1', model: 'amazon.nova-lite-v1:0' },
      { region: 'eu-central-1', model: 'eu.anthropic.claude-sonnet-4-5-v1:0' },
    )
    expect(statements).toMatchObject([{ Action: 'bedrock:InvokeModelWithResponseStream', Effect: 'Allow' }])
    expect(statements[0]?.id).toMatch(/^Bot/)
    expect(JSON.stringify(statements[0]?.Resource)).toContain(
      ':bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0',
    )
  })

  test('may nothing at Bedrock where none is named', async () => {
    expect(await rights()).toEqual([])
  })
})
