import {
  type ReactElement,
  type Ref,
  type TextareaHTMLAttributes,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react'
import { classes } from './classes.ts'

interface GrowingInputProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value' | 'onChange'> {
  readonly label: string
  readonly value: string
  readonly setValue: (value: string) => void
  readonly ref?: Ref<HTMLTextAreaElement>
}

/** An input of one line that grows to eight with what is written, and then scrolls. */
export const GrowingInput = ({ label, value, setValue, ref, className, ...rest }: GrowingInputProps): ReactElement => {
  const input = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(ref, () => input.current as HTMLTextAreaElement)
  // biome-ignore lint/correctness/useExhaustiveDependencies: its height follows from what is written in it
  useLayoutEffect(() => {
    const element = input.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [value])
  return (
    <textarea
      {...rest}
      ref={input}
      aria-label={label}
      dir="auto"
      rows={1}
      value={value}
      onChange={(event) => setValue(event.target.value)}
      onFocus={(event) => {
        if (rest.autoFocus) event.target.setSelectionRange(value.length, value.length)
      }}
      className={classes(
        'block max-h-[192px] w-full resize-none overflow-y-auto text-body outline-none [overflow-wrap:anywhere]',
        className,
      )}
    />
  )
}
