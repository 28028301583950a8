import { useSyncExternalStore } from 'react'
import { type Place, parsePlace, pathOf } from './address.ts'

const listeners = new Set<() => void>()
const tell = (): void => {
  for (const listener of listeners) listener()
}

let known: { readonly address: string; readonly place: Place } | undefined

/** Where one is now: the same object until the address is another. */
export const currentPlace = (): Place => {
  const { pathname, search } = location
  const address = pathname + search
  if (known?.address !== address) known = { address, place: parsePlace(pathname, search) }
  return known.place
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('popstate', listener)
  }
}

export type Destination = Exclude<Place, { at: 'nowhere' }>

/** Goes somewhere. `replace`: without a step to come back to. */
export const go = (to: Destination, { replace = false } = {}): void => {
  const path = pathOf(to)
  if (path === location.pathname + location.search) return
  if (replace) history.replaceState(null, '', path)
  else history.pushState(null, '', path)
  tell()
}

/** Goes to a path of the app, as `pathOf` writes it. */
export const openPath = (path: string): void => {
  const [pathname = '', query = ''] = path.split('?')
  const place = parsePlace(pathname, query)
  if (place.at !== 'nowhere') go(place)
}

export const usePlace = (): Place => useSyncExternalStore(subscribe, currentPlace, currentPlace)
