export { type TablePlace, tableArchive } from './dynamo/archive/table-archive.ts'
export { type DynamoConnectionsOptions, dynamoConnections } from './dynamo/dynamo-connections.ts'
export { type DynamoStoreOptions, dynamoStore } from './dynamo/dynamo-store.ts'
export { tableDefinition, timeToLiveAttribute } from './dynamo/table.ts'
