import type { ReactElement, ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './button.tsx'
import { Dialog, DialogFoot } from './dialog.tsx'

interface FormDialogProps {
  readonly title: string
  readonly text?: string
  /** What the button says that does it. */
  readonly action: string
  readonly mayAct: boolean
  readonly act: () => void
  readonly close: () => void
  readonly children: ReactNode
}

/** A dialog in which something is filled in, done or given up. */
export const FormDialog = ({ title, text, action, mayAct, act, close, children }: FormDialogProps): ReactElement => {
  const t = useTranslations('dialog')
  return (
    <Dialog title={title} text={text} isOpen close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          act()
        }}
      >
        <div className="flex flex-col gap-4">{children}</div>
        <DialogFoot>
          <Button type="submit" look="main" disabled={!mayAct}>
            {action}
          </Button>
          <Button onClick={close}>{t('cancel')}</Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
