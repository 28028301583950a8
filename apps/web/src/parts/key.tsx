import type { ReactElement, ReactNode } from 'react'

/** A key of the keyboard. */
export const Key = ({ children }: { readonly children: ReactNode }): ReactElement => (
  <kbd className="rounded border border-line bg-sunken px-1.5 font-sans text-[11px] leading-[18px] text-quiet">
    {children}
  </kbd>
)
