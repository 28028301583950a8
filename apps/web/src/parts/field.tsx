import { type InputHTMLAttributes, type ReactElement, type ReactNode, type Ref, useId } from 'react'
import { classes } from './classes.ts'

export const inputLook =
  'w-full rounded-lg border border-edge/60 bg-raised px-3 text-control text-text transition-colors hover:border-edge focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0'

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly ref?: Ref<HTMLInputElement>
}

/** An input with its name above it, and below it what to know or what is wrong. */
export const Field = ({ label, hint, error, className, ...rest }: FieldProps): ReactElement => {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-side font-medium">
        {label}
      </label>
      <input
        {...rest}
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={classes(inputLook, 'h-10', error !== undefined && 'border-danger')}
      />
      {note && (
        <p id={`${id}-note`} className={classes('mt-1.5 text-side', error ? 'text-danger' : 'text-quiet')}>
          {note}
        </p>
      )}
    </div>
  )
}
