import { ParleyError, type ParleyErrorCode } from './errors.ts'
import type { OutboxStorage, StoredOutgoing } from './outbox-storage.ts'
import type { Outgoing } from './state/state.ts'

const toStored = ({ failed, ...outgoing }: Outgoing): StoredOutgoing => ({
  ...outgoing,
  ...(failed && { failed: { code: failed.code, message: failed.message, retry: failed.retry } }),
})

const fromStored = ({ failed, ...outgoing }: StoredOutgoing): Outgoing => ({
  ...outgoing,
  ...(failed && { failed: new ParleyError(failed.code as ParleyErrorCode, failed.message, failed.retry) }),
})

/** The outbox as it is kept, one act after the other. What fails is reported, and the outbox goes on without. */
export interface KeptOutbox {
  load(user: string): Promise<readonly Outgoing[]>
  put(user: string, outgoing: Outgoing): void
  remove(user: string, outgoing: Outgoing): void
}

export const keptOutbox = (storage: OutboxStorage | undefined, report: (error: unknown) => void): KeptOutbox => {
  let last: Promise<void> | undefined

  /** At once if nothing is under way, so that a storage that does not wait has it when this returns. */
  const run = (act: () => Promise<void> | void): void => {
    const begun = last
      ? last.then(act)
      : (() => {
          try {
            return act()
          } catch (error) {
            report(error)
          }
        })()
    if (!(begun instanceof Promise)) return
    const done = begun.catch(report).then(() => {
      if (last === done) last = undefined
    })
    last = done
  }
  return {
    async load(user) {
      try {
        return ((await storage?.load(user)) ?? []).map(fromStored)
      } catch (error) {
        report(error)
        return []
      }
    },
    put: (user, outgoing) => run(() => storage?.put(user, toStored(outgoing))),
    remove: (user, outgoing) => run(() => storage?.remove(user, outgoing)),
  }
}
