import { useConnection } from '@parley/client/react'
import { type ReactElement, useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import { TryNow } from './try-now.tsx'

const subscribeNetwork = (listener: () => void): (() => void) => {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}
const hasNetwork = (): boolean => navigator.onLine

/** Seconds until a time in milliseconds since 1970, counted down. */
const useSecondsUntil = (time: number | undefined): number => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (time === undefined) return
    const tick = (): void => setNow(Date.now())
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [time])
  return time === undefined ? 0 : Math.max(0, Math.ceil((time - now) / 1000))
}

/** Whether something has been so for longer than a blink. */
const useLasting = (is: boolean, ms: number): boolean => {
  const [hasLasted, setLasted] = useState(false)
  useEffect(() => {
    if (!is) {
      setLasted(false)
      return
    }
    const timer = setTimeout(() => setLasted(true), ms)
    return () => clearTimeout(timer)
  }, [is, ms])
  return is && hasLasted
}

/** A quiet line at the top while the server is not reached. */
export const ConnectionBar = (): ReactElement => {
  const t = useTranslations('connection')
  const connection = useConnection()
  const isOnNetwork = useSyncExternalStore(subscribeNetwork, hasNetwork)
  const isLost = useLasting(connection.status !== 'online', 1200) || !isOnNetwork
  const seconds = useSecondsUntil(connection.status === 'waiting' ? connection.retryAt : undefined)
  const says = (): string => {
    if (!isOnNetwork) return t('offline')
    return connection.status === 'waiting' ? t('waiting', { seconds }) : t('reconnecting')
  }
  return (
    <div role="status" aria-live="polite" aria-atomic="true">
      {isLost && (
        <div className="flex min-h-8 items-center justify-center gap-3 bg-warm-ground px-4 py-1 text-side text-warm">
          <span className="tabular-nums">{says()}</span>
          {isOnNetwork && connection.status === 'waiting' && <TryNow />}
        </div>
      )}
    </div>
  )
}
