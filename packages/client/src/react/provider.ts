import {
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  use,
  useEffect,
  useEffectEvent,
  useRef,
  useSyncExternalStore,
} from 'react'
import type { Client } from '../client.ts'
import type { EventName, Events } from '../state/events.ts'
import type { ClientState } from '../state/state.ts'

const ClientContext = createContext<Client | undefined>(undefined)

/** The client that the hooks below are to use. */
export interface ParleyProviderProps {
  readonly client: Client
  readonly children?: ReactNode
}

/** Gives a client to all hooks below. Starting and stopping it is left to who made it. */
export const ParleyProvider = ({ client, children }: ParleyProviderProps): ReactElement =>
  createElement(ClientContext, { value: client }, children)

/** The client itself, for all that one can do. @throws Error outside a `ParleyProvider` */
export const useClient = (): Client => {
  const client = use(ClientContext)
  if (!client) throw new Error('Hooks of Parley are used inside a <ParleyProvider client={...}>.')
  return client
}

export type Compare<T> = (one: T, other: T) => boolean

/**
 * What a function picks of the state. Renders only when it picks something else, by `isSame`: what did not change in the
 * state is the same object, so picking needs no `isSame`, and making a new object or list does.
 */
export const useParley = <T>(pick: (state: ClientState) => T, isSame: Compare<T> = Object.is): T => {
  const client = useClient()
  const shown = useRef<{ readonly value: T } | undefined>(undefined)
  let kept = shown.current
  const snapshot = (): T => {
    const value = pick(client.state)
    if (!kept || !isSame(kept.value, value)) kept = { value }
    return kept.value
  }
  const value = useSyncExternalStore(client.subscribe, snapshot, snapshot)
  useEffect(() => {
    shown.current = { value }
  }, [value])
  return value
}

/** Calls the listener of the last render with each event of a name, while mounted. */
export const useEvent = <N extends EventName>(name: N, listener: (event: Events[N]) => void): void => {
  const client = useClient()
  const heard = useEffectEvent(listener)
  useEffect(() => client.on(name, (event) => heard(event)), [client, name])
}

export const isSameList = <T>(one: readonly T[], other: readonly T[], isSame: Compare<T> = Object.is): boolean =>
  one === other || (one.length === other.length && one.every((entry, place) => isSame(entry, other[place] as T)))

/** The list of whoever has none, always the same. */
export const nothing: readonly never[] = []
