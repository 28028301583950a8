import type { ReactElement } from 'react'
import { Bots } from './bots.tsx'
import { Hooks } from './hooks.tsx'
import { Models } from './models.tsx'

/** What speaks without being a person: models, bots, and programs with an address. */
export const BotsPage = (): ReactElement => (
  <>
    <Bots />
    <Models />
    <Hooks />
  </>
)
