export { memoryConnections } from './memory-connections.ts'
export { memoryStore } from './memory-store.ts'
