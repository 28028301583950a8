import type { ReactElement } from 'react'
import { classes } from './classes.ts'
import { hueOf, initialsOf } from './hue.ts'

interface AvatarProps {
  readonly id: string
  readonly name: string
  readonly kind?: string | undefined
  readonly size?: 'small' | 'middle' | 'large'
  /** Shows whether somebody is connected; left out: shows nothing of it. */
  readonly online?: boolean | undefined
}

const sizes = {
  small: 'size-6 text-[11px]',
  middle: 'size-9 text-[13px]',
  large: 'size-14 text-[20px]',
} as const

/** The sign of what is a program and speaks. */
export const Spark = (): ReactElement => (
  <svg viewBox="0 0 24 24" className="size-[58%]" fill="currentColor" aria-hidden="true">
    <path d="M12 2.500c.7 4.900 2.600 7.700 8.500 9.500-5.900 1.800-7.800 4.600-8.500 9.500-.7-4.900-2.600-7.700-8.500-9.500 5.900-1.800 7.800-4.600 8.500-9.500z" />
  </svg>
)

/** Somebody's initials on their colour: round for people, an angular spark for bots. Their name stands beside it. */
export const Avatar = ({ id, name, kind, size = 'middle', online }: AvatarProps): ReactElement => (
  <span className="relative inline-flex shrink-0" aria-hidden="true">
    <span
      className={classes(
        'inline-flex items-center justify-center font-semibold select-none',
        sizes[size],
        kind === 'bot'
          ? 'rounded-[28%] bg-accent text-on-accent'
          : classes('rounded-full bg-(--hue-ground) text-(--hue-text)', hueOf(id)),
      )}
    >
      {kind === 'bot' ? <Spark /> : initialsOf(name)}
    </span>
    {online !== undefined && (
      <span
        className={classes(
          'absolute -right-0.5 -bottom-0.5 size-2.5 rounded-full border-2 border-(--behind,var(--ground))',
          online ? 'bg-good' : 'bg-edge',
          !online && 'opacity-0',
        )}
      />
    )}
  </span>
)
