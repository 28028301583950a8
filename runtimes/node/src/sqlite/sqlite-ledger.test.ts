import { ledgerContract } from '@parley/core/testing'
import { sqliteLedger } from './sqlite-ledger.ts'
import { temporaryDatabase } from './testing/temporary-database.ts'

ledgerContract('sqlite ledger', async () => {
  const temporary = await temporaryDatabase()
  return {
    ledger: sqliteLedger(temporary.database()),
    reopen: async () => sqliteLedger(await temporary.reopen()),
    stop: temporary.stop,
  }
})
