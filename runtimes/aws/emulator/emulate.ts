import { join } from 'node:path'
import { z } from 'zod'
import { region, responsesUrl, serviceUrl } from './addresses.ts'
import { type EmulatedClock, emulatedClock } from './clock.ts'
import { emulatedDynamo } from './dynamo.ts'
import type { Environments } from './environments.ts'
import { type Faults, noFaults } from './faults.ts'
import { type Front, serveFront } from './front.ts'
import { httpGateway } from './http-gateway.ts'
import { emulatedLambda, type Lambda } from './lambda.ts'
import { type Meter, meteredInvoke } from './meter.ts'
import { meteredDynamo } from './metered-dynamo.ts'
import { emulatedServices } from './services.ts'
import { type SocketGateway, socketGateway } from './socket-gateway.ts'
import { emulatedQueue, mapQueue } from './sqs.ts'
import { behaviorsOf, functionsOf, httpApiOf, mappingsOf, queuesOf, socketApisOf, subscriptionsOf } from './stack.ts'
import { readTemplate, type StackTemplate } from './template.ts'
import { openThreads } from './threads.ts'

export interface EmulatorOptions {
  /** Where the stack was synthesized to. */
  readonly stack: string
  /** The built page. */
  readonly page: string
  /** 0: any free one. */
  readonly port: number
  /** Settings of the functions, instead of the stack's. */
  readonly settings: Readonly<Record<string, string>>
  /** Environments of one function at most. */
  readonly concurrency: number
  readonly log: (line: string) => void
  /** What functions run in: threads of their own when left out. */
  readonly environments?: Environments
  readonly meter?: Meter
  /** That of the machine when left out. */
  readonly clock?: EmulatedClock
}

/** A stack that runs on this machine. */
export interface Emulator {
  readonly url: string
  readonly clock: EmulatedClock
  /** Invokes the function of that handler, as whoever owns the account can. */
  invoke(handler: 'administer', event: unknown): Promise<unknown>
  setFaults(faults: Faults): void
  stop(): void
}

const Response = z.object({
  Status: z.string(),
  Reason: z.string().optional(),
  Data: z.record(z.string(), z.string()).default({}),
})

/** Starts all that a synthesized stack describes. */
export const emulate = async (options: EmulatorOptions): Promise<Emulator> => {
  let faults: Faults = noFaults
  const told = new Map<string, string>()
  let lambda: Lambda | undefined
  const { concurrency, environments = openThreads(options.log) } = options
  environments.setAhead(0)
  const { clock = emulatedClock(environments.setAhead) } = options
  const current = (): Faults => faults
  const attributes = (id: string, attribute: string): string | undefined => told.get(`${id}.${attribute}`)
  const template = readTemplate(options.stack, attributes)
  const dynamo = await emulatedDynamo(template)
  const gateways = new Map<string, SocketGateway>()
  const queues = new Map(
    queuesOf(template).map((facts) => [
      facts.arn,
      emulatedQueue(facts, clock, current, (arn, body) => {
        options.log(`a message has ended in ${arn}: ${body.slice(0, 300)}\n`)
        queues.get(arn)?.send(body)
      }),
    ]),
  ) as ReadonlyMap<string, ReturnType<typeof emulatedQueue>>
  let responded = Promise.withResolvers<string>()
  const services = emulatedServices({
    lambda: () => lambda,
    faults: current,
    dynamo: options.meter ? meteredDynamo(dynamo, options.meter) : dynamo,
    queues,
    subscriptions: subscriptionsOf(template),
    manage: (api, connection, frame) => {
      options.meter?.posted(frame)
      return gateways.get(api)?.manage(connection, frame) ?? 410
    },
    responded: (text) => responded.resolve(text),
    counted: (call) => options.meter?.called(call),
  })

  const surroundings = {
    AWS_REGION: region,
    // Whatever a developer's own configuration says of them.
    ...Object.fromEntries(
      ['dynamodb', 'sns', 'sqs', 'ssm'].map((name) => [`AWS_ENDPOINT_URL_${name.toUpperCase()}`, serviceUrl(name)]),
    ),
  }
  const functions = functionsOf(template).map(({ asset, environment, ...facts }) => ({
    ...facts,
    folder: join(options.stack, asset),
    environment: {
      LAMBDA_TASK_ROOT: join(options.stack, asset),
      ...environment,
      // The page is at loopback, whatever port.
      PARLEY_ORIGINS: '',
      ...options.settings,
      ...surroundings,
    },
  }))
  const running = emulatedLambda(functions, { concurrency, environments, services, limitMs: () => faults.limitMs() })
  lambda = running
  const invoke = meteredInvoke(running.invoke, options.meter)

  for (const type of ['Custom::ParleyKeys', 'Custom::ParleyFoundation']) {
    for (const { id, properties } of template.ofType(type)) {
      responded = Promise.withResolvers()
      await invoke(String(properties.ServiceToken).split(':').at(-1) ?? '', {
        RequestType: 'Create',
        ResponseURL: responsesUrl,
        StackId: 'Parley',
        RequestId: id,
        LogicalResourceId: id,
        ResourceProperties: properties,
      })
      const { Status, Reason, Data } = Response.parse(JSON.parse(await responded.promise))
      if (Status !== 'SUCCESS') throw new Error(`${id} could not be made: ${Reason}`)
      for (const [name, value] of Object.entries(Data)) told.set(`${id}.${name}`, value)
    }
  }
  for (const api of socketApisOf(template)) {
    gateways.set(api.api, socketGateway({ ...api, clock, faults: current, invoke }))
  }
  for (const { queue, ...facts } of mappingsOf(template)) {
    const source = queues.get(queue)
    if (source) mapQueue(source, { ...facts, concurrency: Math.min(facts.concurrency, concurrency) }, invoke)
  }
  const stopTicks = tick(template, clock, (arn, input) => {
    options.meter?.ticked()
    queues.get(arn)?.send(input)
  })
  const { id, target } = httpApiOf(template)
  const front: Front = await serveFront({
    port: options.port,
    page: options.page,
    behaviors: behaviorsOf(template),
    http: { id, serve: httpGateway(id, target, invoke) },
    sockets: gateways,
  })
  const administer = functions.find((facts) => facts.id.startsWith('Administer'))?.id ?? ''
  return {
    url: front.url,
    clock,
    invoke: (_, event) => invoke(administer, event),
    setFaults: (next) => {
      faults = next
    },
    stop: () => {
      stopTicks()
      front.stop()
      running.stop()
      for (const gateway of gateways.values()) gateway.stop()
    },
  }
}

/** EventBridge: does what its rules say, at their times. */
const tick = (template: StackTemplate, clock: EmulatedClock, send: (arn: string, input: string) => void) => {
  const callOffs = new Set<() => void>()
  for (const { properties } of template.ofType('AWS::Events::Rule')) {
    const minutes = Number(/^rate\((\d+) minutes?\)$/.exec(String(properties.ScheduleExpression))?.[1])
    const targets = properties.Targets as readonly { readonly Arn: string; readonly Input: string }[]
    const next = (): void => {
      const callOff = clock.after(minutes * 60_000, () => {
        callOffs.delete(callOff)
        for (const { Arn, Input } of targets) send(Arn, Input)
        next()
      })
      callOffs.add(callOff)
    }
    next()
  }
  return () => {
    for (const callOff of callOffs) callOff()
  }
}
