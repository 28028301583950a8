import type { Script } from './script.ts'

const quiet = {
  slow: false,
  stalling: false,
  lossy: false,
  overtaking: false,
  interleaved: false,
  limited: false,
} as const

/** What the property once failed with, by what was wrong. */
export const foundScripts: readonly { readonly name: string; readonly script: Script }[] = [
  {
    name: 'a message that was written before the kept ones were read was sent before them',
    script: {
      seed: 0,
      mischief: quiet,
      steps: [
        { do: 'act', by: 0, what: { deed: 'send', room: 0, replies: false } },
        { do: 'reload', by: 0 },
        { do: 'act', by: 0, what: { deed: 'send', room: 0, replies: false } },
        { do: 'act', by: 0, what: { deed: 'send', room: 0, replies: false } },
      ],
    },
  },
  {
    name: 'a message that was written before the first welcome was not kept over a reload',
    script: {
      seed: 0,
      mischief: { ...quiet, slow: true },
      steps: [
        { do: 'reload', by: 3 },
        { do: 'act', by: 3, what: { deed: 'send', room: 0, replies: false } },
        { do: 'reload', by: 3 },
      ],
    },
  },
  {
    name: 'an old answer about a room was taken for one to a doubt that arose after a renewal',
    script: {
      seed: 327341637,
      mischief: quiet,
      steps: [
        { do: 'cut', by: 1, told: false },
        { do: 'act', by: 0, what: { deed: 'edit', room: 0, back: 0 } },
        { do: 'pass', ms: 20 },
        { do: 'freeze', by: 2 },
        { do: 'act', by: 0, what: { deed: 'older', room: 1 } },
      ],
    },
  },
  {
    name: 'a list of members from before a renaming brought the old name back',
    script: {
      seed: 306877752,
      mischief: { ...quiet, slow: true },
      steps: [
        { do: 'cut', by: 1, told: false },
        { do: 'act', by: 0, what: { deed: 'edit', room: 0, back: 0 } },
        { do: 'pass', ms: 300 },
        { do: 'freeze', by: 3 },
        { do: 'act', by: 0, what: { deed: 'older', room: 1 } },
      ],
    },
  },
]
