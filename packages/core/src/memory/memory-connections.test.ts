import { connectionsContract } from '../testing/connections-contract.ts'
import { memoryConnections } from './memory-connections.ts'

connectionsContract('memory connections', async (clock) => ({
  connections: memoryConnections({ clock }),
  stop: async () => {},
}))
