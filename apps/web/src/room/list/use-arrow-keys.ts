import type { KeyboardEvent, RefObject } from 'react'

const isMessage = (element: Element | null): element is HTMLElement =>
  element instanceof HTMLElement && element.dataset.message !== undefined

/** Arrow keys go from message to message. */
export const useArrowKeys = (scroller: RefObject<HTMLElement | null>) => (event: KeyboardEvent) => {
  const { key, altKey, ctrlKey, metaKey, target } = event
  if (altKey || ctrlKey || metaKey || (key !== 'ArrowUp' && key !== 'ArrowDown')) return
  const from = target as HTMLElement
  if (from !== scroller.current && !isMessage(from)) return
  const all = [...(scroller.current?.querySelectorAll<HTMLElement>('[data-message]') ?? [])].sort(
    (one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top,
  )
  const bottom = scroller.current?.getBoundingClientRect().bottom ?? 0
  const here = all.indexOf(from)
  const lastSeen = all.findLastIndex((one) => one.getBoundingClientRect().top < bottom - 20)
  const next = here < 0 ? lastSeen : here + (key === 'ArrowDown' ? 1 : -1)
  if (!all[next]) return
  event.preventDefault()
  all[next]?.focus()
  all[next]?.scrollIntoView({ block: 'nearest' })
}
