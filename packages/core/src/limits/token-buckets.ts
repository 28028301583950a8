import type { Clock } from '../ports/environment.ts'
import type { LimitedAct, Limits } from '../ports/limits.ts'

/** A rate that is kept on average, and how much may come at once. */
interface Rate {
  readonly perSecond: number
  readonly burst: number
}

/**
 * The rates for `framesPerSecond` frames per connection; the others keep their proportion to it. At 20: 60 frames at
 * once; a user 40 a second over all connections; 60 refusals are borne, and then one a second; 10 sign-ins a minute
 * for an account and 30 for an address; 30 guests a minute for an address; 30 rooms a minute for a user.
 */
const rates = (framesPerSecond: number): Record<LimitedAct, Rate> => {
  const scale = framesPerSecond / 20
  const perMinute = (count: number): Rate => ({ perSecond: (count / 60) * scale, burst: Math.max(1, count * scale) })
  return {
    frame: { perSecond: framesPerSecond, burst: Math.max(1, framesPerSecond * 3) },
    user: { perSecond: framesPerSecond * 2, burst: Math.max(1, framesPerSecond * 6) },
    flood: { perSecond: scale, burst: Math.max(1, framesPerSecond * 3) },
    'login-account': perMinute(10),
    'login-address': perMinute(30),
    guest: perMinute(30),
    room: perMinute(30),
  }
}

interface Bucket {
  tokens: number
  filledAt: number
}

/** What adding up fractions of tokens may lose: who has waited as long as it was told finds a token. */
const rounding = 1e-6

/** Buckets kept at most; beyond it, those that are full again are forgotten. */
const bucketsKept = 100_000

/** Limits in memory. `framesPerSecond` undefined lifts them all. */
export const tokenBuckets = (framesPerSecond: number | undefined, clock: Clock): Limits => {
  if (framesPerSecond === undefined) return { take: () => 0 }
  const table = rates(framesPerSecond)
  const buckets = new Map<string, Bucket>()

  const fill = (bucket: Bucket, { perSecond, burst }: Rate, now: number): number => {
    const gained = (Math.max(0, now - bucket.filledAt) / 1000) * perSecond
    return Math.min(burst, bucket.tokens + gained)
  }
  const forgetFull = (now: number): void => {
    for (const [key, bucket] of buckets) {
      const rate = table[key.slice(0, key.indexOf(' ')) as LimitedAct]
      if (fill(bucket, rate, now) >= rate.burst) buckets.delete(key)
    }
  }
  return {
    take: (act, key) => {
      const rate = table[act]
      const now = clock.now()
      const name = `${act} ${key}`
      const bucket = buckets.get(name)
      if (!bucket) {
        if (buckets.size >= bucketsKept) forgetFull(now)
        buckets.set(name, { tokens: rate.burst - 1, filledAt: now })
        return 0
      }
      bucket.tokens = fill(bucket, rate, now)
      bucket.filledAt = now
      if (bucket.tokens >= 1 - rounding) {
        bucket.tokens -= 1
        return 0
      }
      return Math.ceil((1 - bucket.tokens) / rate.perSecond - rounding)
    },
  }
}
