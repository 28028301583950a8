import { ImageIcon } from '@radix-ui/react-icons'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'

interface ForeignImageProps {
  readonly source: string
  readonly text: string
}

/** An image of another server tells that server who reads here: so it is loaded only when it is asked for. */
export const ForeignImage = ({ source, text }: ForeignImageProps): ReactElement => {
  const t = useTranslations('message')
  const [isShown, setShown] = useState(false)
  const url = URL.parse(source)
  if (url?.protocol !== 'https:') return <span>{text || t('image')}</span>
  if (!isShown) {
    return (
      <button
        type="button"
        onClick={() => setShown(true)}
        className="inline-flex max-w-full items-center gap-2 rounded-lg border border-line bg-sunken px-3 py-1.5 text-side text-quiet hover:text-text"
      >
        <ImageIcon className="shrink-0" />
        <span className="truncate">{text || t('showImage', { host: url.host })}</span>
      </button>
    )
  }
  return (
    <a href={url.href} target="_blank" rel="noopener noreferrer" className="block">
      <img
        src={url.href}
        alt={text}
        referrerPolicy="no-referrer"
        className="h-64 w-full max-w-[480px] rounded-lg border border-line bg-sunken object-contain"
      />
    </a>
  )
}
