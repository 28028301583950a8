export const region = 'us-east-1'
export const account = '123456789012'

/** The address of a service. */
export const serviceUrl = (service: string): string => `https://${service}.${region}.amazonaws.com`

/** Where the `@connections` of a WebSocket API are, with its id. */
export const connectionsHost = new RegExp(`^([a-z0-9]+)\\.execute-api\\.${region}\\.amazonaws\\.com$`)

export const responsesHost = 'cloudformation-custom-resource-responses.s3.amazonaws.com'
/** Where a custom resource tells CloudFormation what has become of it. */
export const responsesUrl = `https://${responsesHost}/`

const hosts = new Set([
  responsesHost,
  ...['dynamodb', 'sns', 'sqs', 'ssm'].map((name) => new URL(serviceUrl(name)).host),
])

/** Whether one of the services is there that the emulator has. */
export const isServiceHost = (host: string): boolean => hosts.has(host) || connectionsHost.test(host)
