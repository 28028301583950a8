export { type ServedDynamo, servedDynamo } from './dynamo/testing/served-dynamo.ts'
