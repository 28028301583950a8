import { Popover } from 'radix-ui'
import { lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react'
import { IconButton } from './icon-button.tsx'

const EmojiPicker = lazy(() => import('./emoji-picker.tsx'))

interface EmojiButtonProps {
  readonly label: string
  readonly size?: 'small' | 'middle'
  readonly align?: 'start' | 'end'
  readonly choose: (emoji: string) => void
  readonly onOpenChange?: (isOpen: boolean) => void
  readonly children: ReactNode
}

/** Opens the emoji, which are loaded when they are first wanted. */
export const EmojiButton = ({
  label,
  size = 'middle',
  align = 'end',
  choose,
  onOpenChange,
  children,
}: EmojiButtonProps): ReactElement => {
  const [isOpen, setOpen] = useState(false)
  const change = (next: boolean): void => {
    setOpen(next)
    onOpenChange?.(next)
  }
  return (
    <Popover.Root open={isOpen} onOpenChange={change}>
      <Popover.Trigger asChild>
        <IconButton label={label} size={size} isPressed={isOpen}>
          {children}
        </IconButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          className="rising z-50 h-[380px] w-[340px] max-w-[calc(100vw-16px)] overflow-hidden rounded-xl bg-raised shadow-float"
        >
          <Suspense>
            <EmojiPicker
              choose={(emoji) => {
                change(false)
                choose(emoji)
              }}
            />
          </Suspense>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
