import { CheckIcon, ChevronRightIcon } from '@radix-ui/react-icons'
import { DropdownMenu } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { classes } from './classes.ts'

const sheet = 'rising z-50 min-w-52 rounded-xl bg-raised p-1 text-control shadow-float'
const row =
  'flex min-h-8 items-center gap-2.5 rounded-lg px-2.5 py-1 outline-none select-none data-[highlighted]:bg-hover data-[disabled]:opacity-50'

interface MenuProps {
  readonly trigger: ReactElement
  readonly children: ReactNode
  readonly align?: 'start' | 'end'
  readonly side?: 'top' | 'bottom'
  readonly isOpen?: boolean
  readonly onOpenChange?: (isOpen: boolean) => void
}

/** A menu below what opens it. Not modal: a modal one writes a style sheet into the page, which its policy forbids. */
export const Menu = ({ trigger, children, align = 'end', side = 'bottom', ...rest }: MenuProps): ReactElement => (
  <DropdownMenu.Root
    modal={false}
    {...(rest.isOpen !== undefined && { open: rest.isOpen })}
    {...(rest.onOpenChange && { onOpenChange: rest.onOpenChange })}
  >
    <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
    <DropdownMenu.Portal>
      <DropdownMenu.Content align={align} side={side} sideOffset={4} collisionPadding={8} className={sheet}>
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  </DropdownMenu.Root>
)

interface ItemProps {
  readonly icon?: ReactNode
  readonly isDanger?: boolean
  readonly onSelect: () => void
  readonly children: ReactNode
}

export const MenuItem = ({ icon, isDanger = false, onSelect, children }: ItemProps): ReactElement => (
  <DropdownMenu.Item onSelect={onSelect} className={classes(row, isDanger && 'text-danger')}>
    <span className={classes('flex w-4 justify-center', !isDanger && 'text-quiet')}>{icon}</span>
    {children}
  </DropdownMenu.Item>
)

export const MenuLine = (): ReactElement => <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />

interface ChoiceProps<T extends string> {
  readonly icon?: ReactNode
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly choose: (value: T) => void
}

/** A menu in the menu, of which one is chosen. */
export const MenuChoice = <T extends string>({ icon, label, value, options, choose }: ChoiceProps<T>): ReactElement => (
  <DropdownMenu.Sub>
    <DropdownMenu.SubTrigger className={classes(row, 'data-[state=open]:bg-hover')}>
      <span className="flex w-4 justify-center text-quiet">{icon}</span>
      <span className="flex-1">{label}</span>
      <ChevronRightIcon className="text-quiet" />
    </DropdownMenu.SubTrigger>
    <DropdownMenu.Portal>
      <DropdownMenu.SubContent className={sheet} collisionPadding={8} sideOffset={4}>
        <DropdownMenu.RadioGroup value={value} onValueChange={(next) => choose(next as T)}>
          {options.map((option) => (
            <DropdownMenu.RadioItem key={option.value} value={option.value} className={row}>
              <span className="flex w-4 justify-center text-accent">
                <DropdownMenu.ItemIndicator>
                  <CheckIcon />
                </DropdownMenu.ItemIndicator>
              </span>
              {option.label}
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
      </DropdownMenu.SubContent>
    </DropdownMenu.Portal>
  </DropdownMenu.Sub>
)
