import { Aws } from 'aws-cdk-lib'
import { CfnApi, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2'
import { CfnPermission, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'

/** The HTTP API: one function behind all of it. It exists before that function, as the socket APIs do. */
export class HttpApi extends Construct {
  readonly #api: CfnApi
  readonly host: string

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.#api = new CfnApi(this, 'Api', { name: `${Aws.STACK_NAME}-http`, protocolType: 'HTTP' })
    this.host = `${this.#api.ref}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`
  }

  /** The name that its metrics go by. */
  get id(): string {
    return this.#api.ref
  }

  serve(target: LambdaFunction): void {
    const apiId = this.#api.ref
    new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: target.functionName,
      principal: 'apigateway.amazonaws.com',
      sourceArn: `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${apiId}/*`,
    })
    const integration = new CfnIntegration(this, 'Integration', {
      apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: target.functionArn,
      payloadFormatVersion: '2.0',
      timeoutInMillis: 29_000,
    })
    const route = new CfnRoute(this, 'Route', {
      apiId,
      routeKey: '$default',
      target: `integrations/${integration.ref}`,
    })
    const stage = new CfnStage(this, 'Stage', { apiId, stageName: '$default', autoDeploy: true })
    stage.addResourceDependency(route)
  }
}
