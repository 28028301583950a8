/** The time, by the server's clock. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
}

/** Unguessable, unique. */
export interface Ids {
  /** A UUID in lower case. */
  uuid(): string
  /** 32 random bytes in base64url. */
  secret(): string
}

/** Structured lines for the operator: never a text that somebody wrote, never a secret. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** What is counted. Names in the form of Prometheus; labels have few values. */
export interface Metrics {
  count(name: Counter, labels?: Readonly<Record<string, string>>, by?: number): void
  /** Seconds. */
  observe(name: Duration, seconds: number, labels?: Readonly<Record<string, string>>): void
}
/** Everything that is counted. */
export type Counter =
  | 'parley_frames_total'
  | 'parley_refusals_total'
  | 'parley_events_total'
  | 'parley_deliveries_total'
/** Everything whose time is taken. */
export type Duration = 'parley_receive_seconds'

/** Passwords, as strings that are safe to keep. Slow on purpose. */
export interface Passwords {
  hash(password: string): Promise<string>
  /** With no hash to compare with it takes the same time, and is false. */
  verify(password: string, hash: string | undefined): Promise<boolean>
}

/** What a token says of its bearer. Times in seconds since 1970. */
export interface TokenClaims {
  readonly user: string
  readonly session: string
  readonly issuedAt: number
  readonly expiresAt: number
}

/** Signed tokens. */
export interface Tokens {
  sign(claims: TokenClaims): Promise<string>
  /** The claims of a token that was signed here, expired or not; undefined for anything else. */
  verify(token: string): Promise<TokenClaims | undefined>
}
