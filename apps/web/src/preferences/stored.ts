import { useSyncExternalStore } from 'react'

/** A value in the browser's storage, the same in all tabs of this origin. */
export interface Stored<T> {
  get(): T
  set(value: T): void
  subscribe(listener: () => void): () => void
}

/**
 * A value kept under a key. A storage that is full or forbidden keeps it until the page is left.
 * @param read makes the value of what is stored, undefined when nothing is or what is stored cannot be used
 */
export const stored = <T>(key: string, first: T, read: (json: unknown) => T | undefined): Stored<T> => {
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  const load = (text: string | null): T => {
    try {
      return (text === null ? undefined : read(JSON.parse(text))) ?? first
    } catch {
      return first
    }
  }
  const find = (): string | null => {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  }
  let value = load(find())
  addEventListener('storage', (event) => {
    if (event.key !== key && event.key !== null) return
    value = load(event.newValue)
    tell()
  })
  return {
    get: () => value,
    set(next) {
      value = next
      try {
        if (next === first) localStorage.removeItem(key)
        else localStorage.setItem(key, JSON.stringify(next))
      } catch {
        // It is kept by this tab alone.
      }
      tell()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The value, and how to set it. */
export const useStored = <T>({ subscribe, get, set }: Stored<T>): readonly [T, (value: T) => void] => [
  useSyncExternalStore(subscribe, get, get),
  set,
]
