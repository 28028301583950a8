import { startBadNetwork } from './bad-network.ts'
import { createJournal } from './history.ts'
import { type Casting, createCasting } from './people.ts'
import { type Play, perform, prepareReplies, settle, type VerifyOptions } from './play.ts'
import { figures, type Report } from './report.ts'
import { type Stage, setStage } from './stage.ts'
import { tidy } from './tidy.ts'

const uncheckedFor = (kind: Casting['kind'], hasRestarts: boolean): string[] => [
  ...(kind === 'guests' ? ['removals from rooms: guests cannot make rooms'] : []),
  ...(kind === 'accounts' ? [] : ['bans: only an admin may ban']),
  ...(hasRestarts ? [] : ['the death of the server: no --restart-command']),
]

const clockOf = ({ messages, durationMs, signal }: VerifyOptions) => {
  let said = 0
  let began = performance.now()
  return {
    begin: () => {
      said = 0
      began = performance.now()
    },
    said: () => {
      said += 1
    },
    progress: () => (signal?.aborted ? 1 : Math.max(said / messages, (performance.now() - began) / durationMs)),
  }
}

/** Plays, and looks whether everything that is promised holds. @throws ParleyError, Failure when it cannot be played */
export const verify = async (options: VerifyOptions): Promise<Report> => {
  const { server, host, seed, clients, restart, keep, tell } = options
  const journal = createJournal()
  const network = await startBadNetwork({ server, journal, seed })
  const casting = createCasting({ server, host, journal })
  const { begin, said, progress } = clockOf(options)
  const began = performance.now()
  let stage: Stage | undefined

  const play = async (): Promise<Omit<Report, 'remains'>> => {
    tell(`setting the stage as ${casting.kind}: ${casting.mark}`)
    stage = await setStage({ server, casting, journal, network, seed, clients, said })
    begin()
    const under: Play = { options, journal, network, stage, progress }
    const { unchecked, ended } = await prepareReplies(under)
    await perform(under)
    const isWhole = await ended()
    tell('everything is said; reading it again')
    const outcome = await settle(under)
    return {
      server,
      seed,
      as: casting.kind,
      clients,
      seconds: Math.round((performance.now() - began) / 100) / 10,
      ...figures(outcome, { journal, network }),
      unchecked: [
        ...unchecked,
        ...(isWhole ? [] : ['the end of the reply of the assistant: it did not come within a minute']),
        ...(options.signal?.aborted ? ['what comes later: it was stopped before its end'] : []),
        ...uncheckedFor(casting.kind, restart !== undefined),
      ],
    }
  }
  const putAway = async (): Promise<readonly string[]> => {
    if (keep) return [`all of ${casting.mark}, as was asked`]
    return tidy(stage, casting, host).catch(() => [`all of ${casting.mark}: it could not be put away`])
  }
  try {
    const found = await play()
    return { ...found, remains: await putAway() }
  } catch (error) {
    tell(`It was not played to its end. What remains there: ${(await putAway()).join('; ')}`)
    throw error
  } finally {
    stage?.close()
    await network.close()
  }
}
