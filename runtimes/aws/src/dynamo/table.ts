/**
 * The one table that {@link dynamoStore} and {@link dynamoConnections} keep everything in, as `CreateTable` takes it but
 * for the name. It has no secondary index: what is looked for in two ways is written in two places, so that every read can
 * be a consistent one, a room may grow without bound, and no message pays for an index.
 */
export const tableDefinition = {
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  BillingMode: 'PAY_PER_REQUEST',
} as const

/** The attribute by which DynamoDB deletes items some time after their end; seconds since 1970. */
export const timeToLiveAttribute = 'expires'
