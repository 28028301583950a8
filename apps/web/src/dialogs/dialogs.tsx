import { type ComponentType, lazy, type ReactElement, Suspense } from 'react'
import { closeDialog, type DialogName, useOpenDialog } from './open-dialog.ts'

export interface DialogPageProps {
  readonly close: () => void
}

/** Each is loaded when it is first opened. */
const pages: Readonly<Record<DialogName, ComponentType<DialogPageProps>>> = {
  switcher: lazy(() => import('./switcher.tsx')),
  browse: lazy(() => import('./browse-rooms.tsx')),
  create: lazy(() => import('./create-room.tsx')),
  direct: lazy(() => import('./new-direct.tsx')),
  shortcuts: lazy(() => import('./shortcuts.tsx')),
  rename: lazy(() => import('./rename.tsx')),
  notifications: lazy(() => import('./notifications.tsx')),
  password: lazy(() => import('./change-password.tsx')),
}

export const Dialogs = (): ReactElement | null => {
  const name = useOpenDialog()
  if (!name) return null
  const Page = pages[name]
  return (
    <Suspense key={name}>
      <Page close={closeDialog} />
    </Suspense>
  )
}
