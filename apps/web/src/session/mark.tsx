import type { ReactElement } from 'react'

/** The sign of Parley: a speech bubble in which two look at each other. */
export const Mark = ({ className }: { readonly className?: string }): ReactElement => (
  <svg viewBox="0 0 64 64" className={className} aria-hidden="true">
    <rect width="64" height="64" rx="15" className="fill-accent" />
    <path
      d="M15 20.500A5.500 5.500 0 0 1 20.500 15h23A5.500 5.500 0 0 1 49 20.500v15a5.500 5.500 0 0 1-5.500 5.500H29l-9.200 7.600a1.100 1.100 0 0 1-1.800-.85V41A5.500 5.500 0 0 1 15 35.500z"
      className="fill-on-accent"
    />
    <circle cx="25" cy="28" r="3" className="fill-accent" />
    <circle cx="39" cy="28" r="3" fill="#e0a458" />
  </svg>
)
