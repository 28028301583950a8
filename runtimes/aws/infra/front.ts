import { existsSync } from 'node:fs'
import { pageHeaders } from '@parley/api'
import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  type IOrigin,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3'
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment'
import { Construct } from 'constructs'
import { originHeader } from '../src/origin-secret.ts'
import { compatPath, pagePaths } from './edge.ts'

export interface FrontProps {
  readonly httpHost: string
  readonly socketHost: string
  readonly compatHost: string
  /** What CloudFront shows to the APIs, that nobody else knows. */
  readonly secret: string
  /** The folder of the built page; where it is not, there is a greeting instead. */
  readonly page: string
  readonly domain?: { readonly name: string; readonly certificateArn: string } | undefined
}

/** What everybody comes through: the page, the API and the sockets under one name. */
export class Front extends Construct {
  readonly distribution: Distribution
  /** The name that people know. */
  readonly domainName: string

  constructor(scope: Construct, id: string, props: FrontProps) {
    super(scope, id)
    const bucket = new Bucket(this, 'Page', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    }) as IBucket
    const gateway = (host: string): IOrigin =>
      new HttpOrigin(host, {
        customHeaders: { [originHeader]: props.secret },
        readTimeout: Duration.seconds(30),
      })
    const passed: Omit<BehaviorOptions, 'origin'> = {
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      compress: true,
    }
    const http = gateway(props.httpHost)
    const compat: BehaviorOptions = {
      origin: gateway(props.compatHost),
      ...passed,
      functionAssociations: [this.#atViewer('Compat', compatPath)],
    }
    this.distribution = new Distribution(this, 'Distribution', {
      comment: 'Parley',
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: this.#pageHeaders(),
        functionAssociations: [this.#atViewer('Places', pagePaths)],
      },
      additionalBehaviors: {
        '/api': { origin: http, ...passed },
        '/api/*': { origin: http, ...passed },
        '/config.json': { origin: http, ...passed },
        '/ws': { origin: gateway(props.socketHost), ...passed },
        '/compat/*/': compat,
        '/compat/*/*': { origin: http, ...passed },
        '/compat/*': compat,
      },
      ...(props.domain && {
        domainNames: [props.domain.name],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', props.domain.certificateArn),
      }),
    })
    this.domainName = props.domain?.name ?? this.distribution.distributionDomainName
    this.#upload(bucket, props.page)
  }

  #upload(bucket: IBucket, page: string): void {
    const built = existsSync(page)
    const greeting = Source.data('index.html', '<!doctype html><title>Parley</title><p>The page is not built yet.')
    const common = { destinationBucket: bucket, prune: false, memoryLimit: 256 } as const
    new BucketDeployment(this, 'Entry', {
      ...common,
      sources: [built ? Source.asset(page, { exclude: ['assets', '**/*.br', '**/*.gz'] }) : greeting],
      cacheControl: [CacheControl.noCache()],
      distribution: this.distribution,
      distributionPaths: ['/', '/index.html'],
    })
    if (!built) return
    // Names with a hash in them never mean anything else; those of older pages stay for whoever has them open.
    new BucketDeployment(this, 'Assets', {
      ...common,
      sources: [Source.asset(page, { exclude: ['*', '!assets', '!assets/**', '**/*.br', '**/*.gz'] })],
      cacheControl: [CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
    })
  }

  #atViewer(name: string, code: string) {
    const edge = new EdgeFunction(this, name, { code: FunctionCode.fromInline(code), runtime: FunctionRuntime.JS_2_0 })
    return { eventType: FunctionEventType.VIEWER_REQUEST, function: edge }
  }

  #pageHeaders(): ResponseHeadersPolicy {
    const { 'Content-Security-Policy': contentPolicy, ...others } = pageHeaders
    return new ResponseHeadersPolicy(this, 'PageHeaders', {
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: contentPolicy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
      },
      customHeadersBehavior: {
        customHeaders: Object.entries(others).map(([header, value]) => ({ header, value, override: true })),
      },
    })
  }
}
