import { type Action, actions, upFrameModel } from '@parley/protocol'
import { Aws, Fn } from 'aws-cdk-lib'
import {
  CfnApi,
  CfnAuthorizer,
  CfnIntegration,
  CfnModel,
  CfnRoute,
  CfnRouteResponse,
  CfnStage,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { CfnPermission, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'

export interface SocketFunctions {
  readonly authorizer: LambdaFunction
  readonly connect: LambdaFunction
  readonly message: LambdaFunction
  readonly disconnect: LambdaFunction
}

export interface SocketApiProps {
  readonly stage: string
  /** Whether each action of Parley's wire is a route of its own, whose frames are checked before any function runs. */
  readonly models: boolean
}

const capitalized = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`

/**
 * A WebSocket API with one stage. It exists before the functions that it calls, since they are told its address; `serve`
 * puts them behind it.
 */
export class SocketApi extends Construct {
  readonly #api: CfnApi
  readonly #props: SocketApiProps
  /** The host, for CloudFront. */
  readonly host: string
  /** Where frames are posted to connections. */
  readonly address: string

  constructor(scope: Construct, id: string, props: SocketApiProps) {
    super(scope, id)
    this.#props = props
    this.#api = new CfnApi(this, 'Api', {
      name: `${Aws.STACK_NAME}-${props.stage}`,
      protocolType: 'WEBSOCKET',
      // Without an action, or with none of ours, a frame goes to `$default`, which says what is wrong.
      routeSelectionExpression: '$request.body.action',
    })
    this.host = `${this.#api.ref}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`
    this.address = `https://${this.host}/${props.stage}`
  }

  /** What may post to, and close, the connections. */
  get connections(): string {
    return `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${this.#api.ref}/${this.#props.stage}/*/@connections/*`
  }

  serve(functions: SocketFunctions): void {
    const invocation = (target: LambdaFunction): string =>
      Fn.join('', [
        `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}:lambda:path/2015-03-31/functions/`,
        target.functionArn,
        '/invocations',
      ])
    const integrate = (name: string, target: LambdaFunction): CfnIntegration => {
      this.#permit(name, target)
      return new CfnIntegration(this, `${name}Integration`, {
        apiId: this.#api.ref,
        integrationType: 'AWS_PROXY',
        integrationUri: invocation(target),
        timeoutInMillis: 29_000,
      })
    }
    this.#permit('Authorizer', functions.authorizer)
    // It has no identity source: a ticket comes in the address, a token in a header, and either is enough.
    const authorizer = new CfnAuthorizer(this, 'Authorizer', {
      apiId: this.#api.ref,
      authorizerType: 'REQUEST',
      authorizerUri: invocation(functions.authorizer),
      identitySource: [],
      name: 'bearer',
    })
    const message = integrate('Message', functions.message)
    const routes = [
      this.#route('$connect', integrate('Connect', functions.connect), {
        authorizationType: 'CUSTOM',
        authorizerId: authorizer.ref,
      }),
      this.#route('$disconnect', integrate('Disconnect', functions.disconnect)),
      ...this.#answering('$default', message),
      ...(this.#props.models ? this.#actions(message) : []),
    ]
    const stage = new CfnStage(this, 'Stage', {
      apiId: this.#api.ref,
      stageName: this.#props.stage,
      autoDeploy: true,
      defaultRouteSettings: { dataTraceEnabled: false, detailedMetricsEnabled: false },
    })
    for (const route of routes) stage.addResourceDependency(route)
  }

  #permit(name: string, target: LambdaFunction): void {
    new CfnPermission(this, `${name}Permission`, {
      action: 'lambda:InvokeFunction',
      functionName: target.functionName,
      principal: 'apigateway.amazonaws.com',
      sourceArn: `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${this.#api.ref}/*`,
    })
  }

  #route(key: string, integration: CfnIntegration, more: Partial<CfnRoute['_cfnProperties']> = {}): CfnRoute {
    return new CfnRoute(this, `${capitalized(key.replace('$', ''))}Route`, {
      apiId: this.#api.ref,
      routeKey: key,
      target: `integrations/${integration.ref}`,
      ...more,
    })
  }

  /** A route whose function answers the connection. */
  #answering(key: string, integration: CfnIntegration, more: object = {}): readonly [CfnRoute, CfnRouteResponse] {
    const route = this.#route(key, integration, { routeResponseSelectionExpression: '$default', ...more })
    const response = new CfnRouteResponse(this, `${capitalized(key.replace('$', ''))}Response`, {
      apiId: this.#api.ref,
      routeId: route.ref,
      routeResponseKey: '$default',
    })
    return [route, response]
  }

  #actions(integration: CfnIntegration): readonly (CfnRoute | CfnRouteResponse)[] {
    return (Object.keys(actions) as Action[]).flatMap((action) => {
      const model = new CfnModel(this, `${capitalized(action)}Model`, {
        apiId: this.#api.ref,
        name: `${capitalized(action)}Frame`,
        contentType: 'application/json',
        schema: upFrameModel(action),
      })
      const [route, response] = this.#answering(action, integration, {
        modelSelectionExpression: '$request.body.action',
        requestModels: { [action]: model.name },
      })
      route.addResourceDependency(model)
      return [route, response]
    })
  }
}
