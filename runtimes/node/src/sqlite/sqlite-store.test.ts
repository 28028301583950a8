import { storeContract } from '@parley/core/testing'
import { sqliteStore } from './sqlite-store.ts'
import { temporaryDatabase } from './testing/temporary-database.ts'

const make = async () => {
  const temporary = await temporaryDatabase()
  return {
    store: sqliteStore(temporary.database()),
    reopen: async () => sqliteStore(await temporary.reopen()),
    stop: temporary.stop,
  }
}

storeContract('sqlite store', make, { runs: 25 })
