import { Tooltip } from 'radix-ui'
import type { ButtonHTMLAttributes, ReactElement, Ref } from 'react'
import { classes } from './classes.ts'

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What it does: its name for screen readers, and its tooltip. */
  readonly label: string
  readonly size?: 'small' | 'middle'
  readonly isPressed?: boolean
  readonly ref?: Ref<HTMLButtonElement>
}

/** A button with a picture on it, and words for who points at it or cannot see it. */
export const IconButton = ({
  label,
  size = 'middle',
  isPressed,
  className,
  children,
  ...rest
}: IconButtonProps): ReactElement => (
  <Tooltip.Root>
    <Tooltip.Trigger asChild>
      <button
        {...rest}
        type="button"
        aria-label={label}
        aria-pressed={isPressed}
        className={classes(
          'inline-flex shrink-0 items-center justify-center rounded-lg text-quiet transition-colors',
          'hover:bg-hover hover:text-text disabled:cursor-default disabled:opacity-45',
          size === 'small' ? 'size-7' : 'size-9',
          isPressed && 'bg-selected text-text',
          className,
        )}
      >
        {children}
      </button>
    </Tooltip.Trigger>
    <Tooltip.Portal>
      <Tooltip.Content
        sideOffset={4}
        collisionPadding={8}
        className="rising z-50 rounded-md bg-text px-2 py-1 text-fine font-medium text-ground select-none"
      >
        {label}
      </Tooltip.Content>
    </Tooltip.Portal>
  </Tooltip.Root>
)
