import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { followTheme } from './preferences/preferences.ts'
import { loadConfig } from './session/config.ts'
import { keptSession } from './session/kept-session.ts'
import { SessionGate } from './session/session-gate.tsx'
import { Broken } from './shell/broken.tsx'
import { keepForOffline } from './shell/service-worker.ts'
import { firstWords, WordsProvider } from './words/words-provider.tsx'
import './styles/page.css'

/** Who is not signed in does not wait for what only others see. */
const loadShell = () => import('./shell/shell.tsx')
const Shell = lazy(loadShell)

followTheme()
if (keptSession.get()) loadShell()

const start = async (): Promise<void> => {
  const [config, words] = await Promise.all([loadConfig(), firstWords()])
  createRoot(document.getElementById('page') as HTMLElement).render(
    <StrictMode>
      <WordsProvider first={words}>
        <Broken>
          <SessionGate config={config}>
            <Suspense>
              <Shell />
            </Suspense>
          </SessionGate>
        </Broken>
      </WordsProvider>
    </StrictMode>,
  )
}

start().then(keepForOffline)
