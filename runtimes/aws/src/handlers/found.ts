import { isRefusal } from '@parley/core'
import { openParley } from '../ports.ts'
import { handleResource, type ResourceEvent } from '../services/cloud-formation.ts'

const { chat } = await openParley(process.env)

/** Puts into an empty table what every chat begins with. Again does no harm. */
export const handler = (event: ResourceEvent): Promise<void> =>
  handleResource(event, async () => {
    const answer = await chat.execute({ kind: 'system' }, { action: 'add-assistant' })
    if (isRefusal(answer)) throw new Error(answer.message)
    return undefined
  })
