/**
 * What AWS asks for, in US dollars: the list prices of us-east-1 as read in November 2026. Whoever deploys elsewhere, or
 * later, changes them here.
 */
export const prices = {
  read: 'us-east-1, November 2026',
  perMillion: {
    /** Frames over sockets. */
    message: 1,
    /** A socket that is open for a minute. */
    connectionMinute: 0.25,
    /** Requests to the HTTP API. */
    request: 1,
    invocation: 0.2,
    /** DynamoDB on demand. A unit of a transaction would cost twice as much. */
    write: 0.625,
    read: 0.125,
    /** Messages to an SNS topic; their delivery to queues is free. */
    topic: 0.5,
    /** Requests to SQS. */
    queue: 0.4,
  },
  /** On arm64, for each gigabyte of memory. */
  gigabyteSecond: 0.0000133334,
  /** Each gigabyte, a month. */
  gigabyteMonth: {
    table: 0.25,
    /** Point-in-time recovery of the table. */
    recovery: 0.2,
    files: 0.023,
  },
} as const

/** What every account has free each month, for ever, if nothing else in it uses it up. What is free for a year is not here. */
export const allowances = {
  invocations: 1_000_000,
  gigabyteSeconds: 400_000,
  queue: 1_000_000,
  topic: 1_000_000,
  tableGigabytes: 25,
  alarms: 10,
  metrics: 10,
} as const

/** What cannot be counted where nothing is billed: how long functions run. */
export const assumptions = {
  /** The memory of every function; a test of the stack holds it. */
  gigabytes: 0.5,
  /** Milliseconds of any function. */
  runMs: 30,
  /** Besides, for each post to a connection. */
  postMs: 0.5,
  /** Besides, to check a password, on the part of a processor that such a function has. */
  passwordMs: 100,
  /** Besides, while a model makes 300 tokens. */
  answerMs: 3_000,
} as const
