import type { Request } from './request.ts'

/** One queue, as its worker uses it. */
export interface Queue {
  /** Puts a message in that can be taken after so many seconds, 900 at most. */
  send(body: string, delaySeconds: number): Promise<void>
  /** Keeps a message that was taken from being taken again for so many seconds from now. */
  hold(receipt: string, seconds: number): Promise<void>
}

/** The address of a queue by its ARN. */
const urlOf = (endpoint: string, arn: string): string => {
  const [account = '', name = ''] = arn.split(':').slice(-2)
  return `${endpoint}/${account}/${name}`
}

/** A queue of SQS, by its ARN. All reject when it does not answer. */
export const sqsQueue = (request: Request, endpoint: string, arn: string): Queue => {
  const url = urlOf(endpoint, arn)
  const ask = async (act: string, body: object): Promise<void> => {
    const { status } = await request({
      method: 'POST',
      url: `${endpoint}/`,
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${act}` },
      body: JSON.stringify({ QueueUrl: url, ...body }),
    })
    if (status !== 200) throw new Error(`SQS answered ${act} with ${status}`)
  }
  return {
    send: (MessageBody, DelaySeconds) => ask('SendMessage', { MessageBody, DelaySeconds }),
    hold: (ReceiptHandle, VisibilityTimeout) => ask('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout }),
  }
}
