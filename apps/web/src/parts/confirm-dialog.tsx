import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { useFailureWords } from '../session/failure-words.ts'
import { useSubmit } from '../session/use-submit.ts'
import { Button } from './button.tsx'
import { Dialog, DialogFoot } from './dialog.tsx'

interface ConfirmDialogProps {
  readonly title: string
  readonly text: string
  /** What is done, as a verb. */
  readonly verb: string
  readonly isOpen: boolean
  readonly close: () => void
  readonly act: () => Promise<unknown>
}

/** Asks before something is done that cannot be undone; stays open and says why when it did not work. */
export const ConfirmDialog = ({ title, text, verb, isOpen, close, act }: ConfirmDialogProps): ReactElement => {
  const t = useTranslations('dialog')
  const words = useFailureWords()
  const { isBusy, error, run } = useSubmit()
  return (
    <Dialog title={title} text={text} isOpen={isOpen} close={close}>
      {error !== undefined && (
        <p role="alert" className="text-side text-danger">
          {words(error)}
        </p>
      )}
      <DialogFoot>
        <Button
          look="danger"
          disabled={isBusy}
          onClick={() =>
            run(async () => {
              await act()
              close()
            })
          }
        >
          {verb}
        </Button>
        <Button onClick={close}>{t('cancel')}</Button>
      </DialogFoot>
    </Dialog>
  )
}
