import { type Stack, Validations } from 'aws-cdk-lib'
import { type BedrockModel, behindProfiles } from './models.ts'

const pack = 'AwsSolutions::AwsSolutions-'
const uploader =
  "The library's function that uploads the page at each deploy is written so; it runs at no other time, on the bucket of the page and that of the deployment's own assets."

/** What a check of good practice finds, and why it stays so. */
export const acceptedFindings: Readonly<Record<string, string>> = {
  APIG1: 'Access logs of each frame would cost more than the frames. The functions log what goes wrong.',
  APIG4:
    'WebSocket APIs authorise at $connect only, which all other routes come after. The HTTP API asks for the token itself, since some of its end points are open.',
  CFR1: 'A chat is for people everywhere.',
  CFR2: 'A firewall has a fixed charge by the month. The functions check every request, and limit rates.',
  CFR3: 'Access logs would be paid for by everybody. Who needs them switches them on for their own distribution.',
  CFR4: "Without a domain of one's own CloudFront's default certificate is used, whose policy cannot be chosen.",
  S1: 'The bucket has nothing in it but the page, which everybody may read through CloudFront.',
  L1: uploader,
  'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]': uploader,
  'IAM5[Action::s3:Abort*]': uploader,
  'IAM5[Action::s3:DeleteObject*]': uploader,
  'IAM5[Action::s3:GetBucket*]': uploader,
  'IAM5[Action::s3:GetObject*]': uploader,
  'IAM5[Action::s3:List*]': uploader,
  'IAM5[Resource::*]': uploader,
  'IAM5[Resource::<FrontPage0351C172.Arn>/*]': uploader,
  'IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*]': uploader,
  'IAM5[Resource::arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<SocketsApi248BE7F2>/ws/*/@connections/*]':
    'A frame goes to any connection of this one stage, whose ids are not known before.',
  'IAM5[Resource::arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<CompatApiF5B1CC9B>/compat/*/@connections/*]':
    'A frame goes to any connection of this one stage, whose ids are not known before.',
}

const anyRegion = 'An inference profile of Bedrock hands on to this one model in whatever region it chooses.'

export const acknowledgeFindings = (stack: Stack, bedrock: readonly BedrockModel[] = []): void => {
  const profiles = behindProfiles(bedrock).map(
    (model) => [`IAM5[Resource::arn:<AWS::Partition>:bedrock:*::${model}]`, anyRegion] as const,
  )
  for (const [id, reason] of [...Object.entries(acceptedFindings), ...profiles]) {
    Validations.of(stack).acknowledge({ id: `${pack}${id}`, reason })
  }
}
