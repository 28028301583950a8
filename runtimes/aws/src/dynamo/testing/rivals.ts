import { ScanCommand } from '@aws-sdk/client-dynamodb'
import type { Store } from '@parley/core'
import { dynamoArchive } from '../archive/dynamo-archive.ts'
import { dynamoStore } from '../dynamo-store.ts'
import { dieBefore } from './crash.ts'
import { asks, gateBefore } from './gate.ts'
import type { LocalDynamo } from './local-dynamo.ts'
import { account } from './samples.ts'

/** A table with the users from 1 on, and stores on it, each as if it were in a process of its own. */
export const rivals = async (dynamo: LocalDynamo, people = 2) => {
  const client = dynamo.client()
  const table = await dynamo.table()
  const open = (by = client): Store => dynamoStore({ client: by, table })
  const store = open()
  for (let number = 1; number <= people; number += 1) await store.addUser(account(number))
  return {
    store,
    open,
    /** A store that stops before the first request of a kind. */
    gated(name: string, about: string) {
      const slow = dynamo.client()
      const gate = gateBefore(slow, asks(name, about))
      return { store: open(slow), gate }
    },
    /** A store whose process dies before the first request of a kind. */
    dying(name: string, about: string) {
      const mortal = dynamo.client()
      dieBefore(mortal, asks(name, about))
      return open(mortal)
    },
    archive: dynamoArchive({ client, table }),
    /** All that the table holds, as text. */
    scan: async () => JSON.stringify((await client.send(new ScanCommand({ TableName: table }))).Items),
  }
}
