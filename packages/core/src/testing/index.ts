export { type ArchiveFixture, archiveContract } from './archive-contract.ts'
export { beforeCalls } from './between-calls.ts'
export { type ConnectionsFixture, connectionsContract } from './connections-contract.ts'
export { type HandClock, handClock } from './hand-clock.ts'
export { type LedgerFixture, ledgerContract } from './ledger-contract.ts'
export { type ClientState, type ReferenceClient, type RoomState, referenceClient } from './reducer.ts'
export { type SocketEnd, type SocketPairs, socketPairs } from './socket-pair.ts'
export {
  type CollectedLog,
  collectedLog,
  countingIds,
  type LogLine,
  quickPasswords,
  type TestMetrics,
  testMetrics,
} from './stand-ins.ts'
export { type StoreContractOptions, type StoreFixture, storeContract } from './store-contract.ts'
export { type TestChat, type TestChatOptions, type TestPerson, testChat } from './test-chat.ts'
export { type TestClient, testClient } from './test-client.ts'
export { type Fate, type TestPublisher, testPublisher } from './test-publisher.ts'
