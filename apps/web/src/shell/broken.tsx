import { Component, type ReactElement, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../parts/button.tsx'

interface BrokenProps {
  readonly children: ReactNode
}

const BrokenPage = (): ReactElement => {
  const t = useTranslations('errors')
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-2 p-6 text-center">
      <h1 className="text-title font-semibold">{t('pageBroken')}</h1>
      <p className="text-quiet">{t('pageBrokenText')}</p>
      <Button look="main" className="mt-4" onClick={() => location.reload()}>
        {t('reload')}
      </Button>
    </main>
  )
}

/** Shows a way on where a mistake of ours would leave an empty page. React has no function for this. */
export class Broken extends Component<BrokenProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true }
  }

  override render(): ReactNode {
    return this.state.isBroken ? <BrokenPage /> : this.props.children
  }
}
