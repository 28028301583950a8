import { type ClientState, emptyState } from './state/state.ts'

/** Where the state stands, and who wants to know when it changes. */
export interface Store {
  get(): ClientState
  update(change: (state: ClientState) => ClientState): void
  /** Makes several updates and tells of them once, at the end. */
  together(act: () => void): void
  /** Calls after each change; returns how to end that. */
  subscribe(listener: () => void): () => void
}

export const createStore = (): Store => {
  let state = emptyState
  let told = emptyState
  let depth = 0
  const listeners = new Set<() => void>()

  const tell = (): void => {
    if (depth > 0 || told === state) return
    told = state
    for (const listener of [...listeners]) listener()
  }
  return {
    get: () => state,
    update(change) {
      state = change(state)
      tell()
    },
    together(act) {
      depth += 1
      try {
        act()
      } finally {
        depth -= 1
        tell()
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
