import { Cross2Icon } from '@radix-ui/react-icons'
import { Dialog as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { classes } from './classes.ts'

interface DialogProps {
  readonly title: string
  readonly text?: string | undefined
  readonly isOpen: boolean
  readonly close: () => void
  readonly wide?: boolean
  readonly children: ReactNode
}

/** The veil is our own: that of the library writes a style sheet into the page, which the page's policy forbids. */
export const Veil = (): ReactElement => <div className="fixed inset-0 z-40 bg-veil" aria-hidden="true" />

/** A dialog in the middle of the page; on a phone at its foot. Its cross has no tooltip: the first Escape would close that. */
export const Dialog = ({ title, text, isOpen, close, wide = false, children }: DialogProps): ReactElement => {
  const t = useTranslations('dialog')
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && close()}>
      <Radix.Portal>
        <Veil />
        <Radix.Content
          {...(text === undefined && { 'aria-describedby': undefined })}
          onOpenAutoFocus={(event) => {
            // Comes only where nothing in it asked for the focus: what is first is the cross, which nobody wants first.
            event.preventDefault()
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
          }}
          className={classes(
            'rising fixed inset-x-0 bottom-0 z-50 max-h-[90dvh] overflow-y-auto rounded-t-2xl bg-raised p-6 shadow-float outline-none',
            'wide:inset-x-auto wide:bottom-auto wide:left-1/2 wide:top-[12dvh] wide:max-h-[76dvh] wide:-translate-x-1/2 wide:rounded-2xl',
            wide ? 'wide:w-[600px]' : 'wide:w-[440px]',
          )}
        >
          <div className="mb-4 flex items-start gap-4">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-title font-semibold">{title}</Radix.Title>
              {text !== undefined && (
                <Radix.Description className="mt-1 text-control text-quiet">{text}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <button
                type="button"
                aria-label={t('close')}
                className="-mt-0.5 -mr-1.5 inline-flex size-7 shrink-0 items-center justify-center rounded-lg text-quiet hover:bg-hover hover:text-text"
              >
                <Cross2Icon />
              </button>
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The buttons at the foot of a dialog. */
export const DialogFoot = ({ children }: { readonly children: ReactNode }): ReactElement => (
  <div className="mt-6 flex flex-row-reverse gap-2">{children}</div>
)
