import type { ButtonHTMLAttributes, ReactElement, Ref } from 'react'
import { classes } from './classes.ts'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'main' | 'plain' | 'danger' | 'quiet' | 'link'
  readonly ref?: Ref<HTMLButtonElement>
}

const looks = {
  main: 'bg-accent text-on-accent hover:bg-accent-strong shadow-rest',
  plain: 'bg-raised text-text border border-line hover:bg-hover shadow-rest',
  danger: 'bg-danger text-ground hover:brightness-110 shadow-rest',
  quiet: 'text-quiet hover:text-text hover:bg-hover',
  link: 'text-accent hover:bg-hover',
} as const

/** A button with words on it. */
export const Button = ({ look = 'plain', className, type = 'button', ...rest }: ButtonProps): ReactElement => (
  <button
    {...rest}
    type={type}
    className={classes(
      'inline-flex h-9 items-center justify-center gap-2 rounded-lg px-4 text-control font-medium whitespace-nowrap transition-colors',
      'disabled:cursor-default disabled:opacity-55',
      looks[look],
      className,
    )}
  />
)
