export { type ConnectionsFixture, connectionsContract } from './connections-contract.ts'
export { type StoreContractOptions, type StoreFixture, storeContract } from './store-contract.ts'
