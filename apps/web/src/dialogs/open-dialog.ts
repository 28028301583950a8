import { useSyncExternalStore } from 'react'

/** The dialogs of the app, of which at most one is open. */
export type DialogName =
  | 'switcher'
  | 'browse'
  | 'create'
  | 'direct'
  | 'shortcuts'
  | 'rename'
  | 'password'
  | 'notifications'

let open: DialogName | undefined
const listeners = new Set<() => void>()

const set = (name: DialogName | undefined): void => {
  open = name
  for (const listener of listeners) listener()
}

export const openDialog = (name: DialogName): void => set(name)
export const closeDialog = (): void => set(undefined)

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useOpenDialog = (): DialogName | undefined => useSyncExternalStore(subscribe, () => open)
