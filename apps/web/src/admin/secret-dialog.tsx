import { CheckIcon, CopyIcon } from '@radix-ui/react-icons'
import { type ReactElement, useId } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Button } from '../parts/button.tsx'
import { Dialog, DialogFoot } from '../parts/dialog.tsx'
import { inputLook } from '../parts/field.tsx'
import { useCopy } from '../parts/use-copy.ts'

/** Something that the server tells once. */
export interface Secret {
  readonly title: string
  readonly text: string
  readonly value: string
  readonly expiresAt?: string
}

interface SecretDialogProps {
  readonly secret: Secret
  readonly close: () => void
}

/** Shows a link, token or address that cannot be shown again, to be copied. */
export const SecretDialog = ({ secret, close }: SecretDialogProps): ReactElement => {
  const t = useTranslations('admin')
  const format = useFormatter()
  const id = useId()
  const [isCopied, copy] = useCopy()
  const { title, text, value, expiresAt } = secret
  return (
    <Dialog title={title} text={text} isOpen close={close}>
      <label htmlFor={id} className="sr-only">
        {title}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          readOnly
          value={value}
          onFocus={(event) => event.target.select()}
          className={`${inputLook} h-10 min-w-0 font-mono text-side`}
        />
        <Button look="main" className="h-10 shrink-0" onClick={() => copy(value)}>
          {isCopied ? <CheckIcon /> : <CopyIcon />}
          {t(isCopied ? 'copied' : 'copy')}
        </Button>
      </div>
      <p className="mt-3 text-side text-warm">
        {t('shownOnce')}
        {expiresAt && ` ${t('goodUntil', { date: format.dateTime(new Date(expiresAt), { dateStyle: 'long' }) })}`}
      </p>
      <DialogFoot>
        <Button onClick={close}>{t('done')}</Button>
      </DialogFoot>
    </Dialog>
  )
}
