import type { AnchorHTMLAttributes, MouseEvent, ReactElement } from 'react'
import { pathOf } from './address.ts'
import { type Destination, go } from './router.ts'

interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  readonly to: Destination
  readonly replace?: boolean
}

const isPlain = ({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean =>
  button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey

/** A link inside the app: a real one, so that it opens in a tab of its own when asked to. */
export const Link = ({ to, replace = false, onClick, ...rest }: LinkProps): ReactElement => (
  <a
    {...rest}
    href={pathOf(to)}
    onClick={(event) => {
      onClick?.(event)
      if (event.defaultPrevented || !isPlain(event)) return
      event.preventDefault()
      go(to, { replace })
    }}
  />
)
