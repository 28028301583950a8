import { storeContract } from '../testing/store-contract.ts'
import { memoryStore } from './memory-store.ts'

storeContract('memory store', async () => ({ store: memoryStore(), stop: async () => {} }), { runs: 200 })
