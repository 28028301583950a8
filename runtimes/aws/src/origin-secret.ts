import { timingSafeEqual } from 'node:crypto'

/** The header by which CloudFront shows the gateways that a request has come through it. */
export const originHeader = 'x-parley-origin'

/** Whether a request shows the secret that only CloudFront knows. */
export const isFromOurFront = (shown: string | undefined, secret: string): boolean => {
  const [given, wanted] = [Buffer.from(shown ?? ''), Buffer.from(secret)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
