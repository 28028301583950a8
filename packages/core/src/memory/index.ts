export { liveConnections } from './live-connections.ts'
export { memoryConnections } from './memory-connections.ts'
export { memoryStore } from './memory-store.ts'
