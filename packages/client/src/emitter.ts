import type { EventName, Events, Happening } from './state/events.ts'

type Listener<N extends EventName> = (event: Events[N]) => void

/** Brings events to who listens. What a listener throws does not keep the others from it, and is thrown later. */
export interface Emitter {
  on<N extends EventName>(name: N, listener: Listener<N>): () => void
  emit(happening: Happening): void
}

export const createEmitter = (): Emitter => {
  const listeners = new Map<EventName, Set<Listener<never>>>()
  return {
    on(name, listener) {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set.add(listener))
      return () => set.delete(listener)
    },
    emit({ name, event }) {
      for (const listener of [...(listeners.get(name) ?? [])] as Listener<EventName>[]) {
        try {
          listener(event as never)
        } catch (error) {
          queueMicrotask(() => {
            throw error
          })
        }
      }
    },
  }
}
