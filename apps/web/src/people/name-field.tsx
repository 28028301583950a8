import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Field } from '../parts/field.tsx'
import { useFailureWords } from '../session/failure-words.ts'

interface NameFieldProps {
  readonly label?: string
  readonly name: string
  readonly setName: (name: string) => void
  readonly placeholder?: string
  /** Why the name could not be given. */
  readonly error: unknown
}

/** What somebody or something new is called. */
export const NameField = ({ label, name, setName, placeholder, error }: NameFieldProps): ReactElement => {
  const t = useTranslations('admin')
  const words = useFailureWords()
  return (
    <Field
      label={label ?? t('name')}
      placeholder={placeholder}
      value={name}
      onChange={(event) => setName(event.target.value)}
      maxLength={80}
      required
      autoFocus
      autoComplete="off"
      error={error === undefined ? undefined : words(error, { conflict: 'nameTaken', bad_request: 'badName' })}
    />
  )
}
