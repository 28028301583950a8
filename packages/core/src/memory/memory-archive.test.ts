import { archiveContract } from '../testing/archive-contract.ts'
import { memoryArchive } from './memory-archive.ts'
import { memoryData } from './memory-data.ts'
import { memoryStore } from './memory-store.ts'

archiveContract(
  'memory archive',
  async () => {
    const data = memoryData()
    return {
      archive: memoryArchive(data),
      open: async () => memoryStore(data),
      close: async () => {},
      stop: async () => {},
    }
  },
  { runs: 100 },
)
