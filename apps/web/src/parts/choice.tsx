import { ChevronDownIcon } from '@radix-ui/react-icons'
import { type ReactElement, useId } from 'react'
import { inputLook } from './field.tsx'

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly choose: (value: string) => void
}

/** One of a few, as the system shows such lists. */
export const Choice = ({ label, value, options, choose }: ChoiceProps): ReactElement => {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-side font-medium">
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          value={value}
          onChange={(event) => choose(event.target.value)}
          className={`${inputLook} h-9 appearance-none pe-8`}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDownIcon className="pointer-events-none absolute end-3 top-1/2 -translate-y-1/2 text-quiet" />
      </div>
    </div>
  )
}
