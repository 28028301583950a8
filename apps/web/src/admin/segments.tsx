import { RadioGroup } from 'radix-ui'
import type { ReactElement } from 'react'

interface SegmentsProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly choose: (value: T) => void
}

/** One of a few, side by side. */
export const Segments = <T extends string>({ label, value, options, choose }: SegmentsProps<T>): ReactElement => (
  <RadioGroup.Root
    aria-label={label}
    orientation="horizontal"
    value={value}
    onValueChange={(next) => choose(next as T)}
    className="inline-flex max-w-full gap-0.5 overflow-x-auto rounded-lg bg-sunken p-0.5"
  >
    {options.map((option) => (
      <RadioGroup.Item
        key={option.value}
        value={option.value}
        className="h-8 rounded-md px-3 text-side whitespace-nowrap text-quiet hover:text-text data-[state=checked]:bg-raised data-[state=checked]:font-medium data-[state=checked]:text-text data-[state=checked]:shadow-rest"
      >
        {option.label}
      </RadioGroup.Item>
    ))}
  </RadioGroup.Root>
)
