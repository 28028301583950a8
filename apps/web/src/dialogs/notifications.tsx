import { Switch } from 'radix-ui'
import { type ReactElement, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { wantsNotifications, wantsSound } from '../notifications/choices.ts'
import { chime } from '../notifications/show.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useStored } from '../preferences/stored.ts'
import type { DialogPageProps } from './dialogs.tsx'

interface ToggleProps {
  readonly label: string
  readonly text: string
  readonly isOn: boolean
  readonly isDisabled?: boolean
  readonly set: (isOn: boolean) => void
}

const Toggle = ({ label, text, isOn, isDisabled = false, set }: ToggleProps): ReactElement => {
  const id = useId()
  return (
    <div className="flex items-start gap-4 py-3">
      <label htmlFor={id} className="min-w-0 flex-1">
        <span className="block text-control font-medium">{label}</span>
        <span className="block text-side text-quiet">{text}</span>
      </label>
      <Switch.Root
        id={id}
        checked={isOn}
        disabled={isDisabled}
        onCheckedChange={set}
        className="h-6 w-10 shrink-0 rounded-full bg-edge p-0.5 transition-colors disabled:opacity-45 data-[state=checked]:bg-accent"
      >
        <Switch.Thumb className="block size-5 rounded-full bg-ground transition-transform data-[state=checked]:translate-x-4" />
      </Switch.Root>
    </div>
  )
}

const permission = (): NotificationPermission | 'missing' =>
  'Notification' in globalThis ? Notification.permission : 'missing'

/** What this browser tells of while one looks elsewhere. It is asked for its leave only by the switch here. */
const Notifications = ({ close }: DialogPageProps): ReactElement => {
  const t = useTranslations('notify')
  const [wants, setWants] = useStored(wantsNotifications)
  const [sounds, setSounds] = useStored(wantsSound)
  const [leave, setLeave] = useState(permission)
  const isImpossible = leave === 'denied' || leave === 'missing'
  const choose = async (isOn: boolean): Promise<void> => {
    const answer = isOn && leave === 'default' ? await Notification.requestPermission() : leave
    setLeave(answer)
    setWants(isOn && answer === 'granted')
  }
  const chooseSound = (isOn: boolean): void => {
    setSounds(isOn)
    if (isOn) chime().catch(() => setSounds(false))
  }
  return (
    <Dialog title={t('title')} text={t('text')} isOpen close={close}>
      <div className="divide-y divide-line">
        <Toggle
          label={t('show')}
          text={t(leave === 'denied' ? 'denied' : leave === 'missing' ? 'missing' : 'showText')}
          isOn={wants && leave === 'granted'}
          isDisabled={isImpossible}
          set={choose}
        />
        <Toggle label={t('sound')} text={t('soundText')} isOn={sounds} set={chooseSound} />
      </div>
    </Dialog>
  )
}

export default Notifications
