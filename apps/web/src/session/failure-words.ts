import { isParleyError, type ParleyErrorCode } from '@parley/client'
import { useTranslations } from 'use-intl'

const plain = ['forbidden', 'not_found', 'conflict', 'too_large', 'bad_request'] as const
type Plain = (typeof plain)[number]
const isPlain = (code: ParleyErrorCode): code is Plain => (plain as readonly string[]).includes(code)
const unreached: readonly ParleyErrorCode[] = ['network', 'timeout', 'disconnected', 'unavailable', 'stopped']

type ErrorKey = 'wrongPassword' | 'nameTaken' | 'noGuests' | 'linkUsed' | 'badName' | 'badPassword' | 'notNow'

/** Says in words why something did not work; `special` has words of its own for some codes. */
export const useFailureWords = () => {
  const t = useTranslations('errors')
  return (error: unknown, special: Partial<Record<ParleyErrorCode, ErrorKey>> = {}): string => {
    if (!isParleyError(error)) return t('unknown')
    const own = special[error.code]
    if (own) return t(own)
    if (error.code === 'rate_limited') return t('rate_limited', { seconds: Math.ceil(error.retry ?? 0) })
    if (isPlain(error.code)) return t(error.code)
    return unreached.includes(error.code) ? t('offline') : t('unknown')
  }
}
