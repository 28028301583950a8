import { connectionsContract } from '@parley/core/testing'
import { sqliteConnections } from './sqlite-connections.ts'
import { temporaryDatabase } from './testing/temporary-database.ts'

connectionsContract('sqlite connections', async (clock) => {
  const temporary = await temporaryDatabase()
  return {
    connections: await sqliteConnections(temporary.database(), { clock }),
    reopen: async () => sqliteConnections(await temporary.reopen(), { clock }),
    stop: temporary.stop,
  }
})
