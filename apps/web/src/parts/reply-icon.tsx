import type { ReactElement } from 'react'

/** An arrow that turns back: the icons' set has none. */
export const ReplyIcon = (): ReactElement => (
  <svg
    viewBox="0 0 15 15"
    width="15"
    height="15"
    fill="none"
    stroke="currentColor"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d="M5.500 3.500 2.500 6.500l3 3M2.500 6.500h6a4 4 0 0 1 4 4v1" />
  </svg>
)
