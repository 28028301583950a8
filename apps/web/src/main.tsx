import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { followTheme } from './preferences/preferences.ts'
import { loadConfig } from './session/config.ts'
import { SessionGate } from './session/session-gate.tsx'
import { Broken } from './shell/broken.tsx'
import { Shell } from './shell/shell.tsx'
import { firstWords, WordsProvider } from './words/words-provider.tsx'
import './styles/page.css'

followTheme()

const start = async (): Promise<void> => {
  const [config, words] = await Promise.all([loadConfig(), firstWords()])
  createRoot(document.getElementById('page') as HTMLElement).render(
    <StrictMode>
      <WordsProvider first={words}>
        <Broken>
          <SessionGate config={config}>
            <Shell />
          </SessionGate>
        </Broken>
      </WordsProvider>
    </StrictMode>,
  )
}

start()
