import type { ReactElement } from 'react'

const Drawn = ({ path }: { readonly path: string }): ReactElement => (
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
    <path d={path} />
  </svg>
)

/** An arrow that turns back: the icons' set has none. */
export const ReplyIcon = (): ReactElement => <Drawn path="M5.500 3.500 2.500 6.500l3 3M2.500 6.500h6a4 4 0 0 1 4 4v1" />

/** The sign of a public room. */
export const Hash = (): ReactElement => (
  <Drawn path="M5.900 2.500 4.400 12.500M10.600 2.500 9.100 12.500M2.800 5.300h9.900M2.300 9.700h9.900" />
)
