import { pause } from './patience.ts'
import { clientOnBadNetwork, type PlayerOptions, recordAct } from './player.ts'
import { between, oneOf, randomFrom } from './random.ts'

/** A program that says its replies bit by bit, on the bad network. */
export interface BotPlayer {
  play(goesOn: () => boolean): Promise<void>
  isDone(): boolean
  leave(room: string): Promise<void>
  stop(): void
}

const words = ['one ', 'two\n', '셋 ', '🐟🐠 ', '`four` ', 'a rather long piece of text '] as const

export const createBotPlayer = (options: PlayerOptions): BotPlayer => {
  const { person, device, rooms, journal, seed } = options
  const random = randomFrom(seed, device)
  const client = clientOnBadNetwork(options)
  const [room = ''] = rooms
  let count = 0
  let isBusy = false

  const reply = async (): Promise<void> => {
    count += 1
    const pieces = [`Reply ${count}: `, ...Array.from({ length: between(random, 3, 25) }, () => oneOf(random, words))]
    const text = pieces.join('').trimEnd()
    const own = client.reply(room)
    const ended = Promise.withResolvers<Awaited<ReturnType<typeof own.end>>>()
    const recorded = recordAct(
      journal,
      { who: person.who, verb: 'reply', room, id: own.id, text, device },
      ended.promise,
    )
    for (let from = 0; from < text.length; ) {
      const to = from + between(random, 1, 60)
      own.write(text.slice(from, to))
      from = to
      await pause(between(random, 0, 60))
    }
    own.end().then(ended.resolve, ended.reject)
    await recorded
  }
  return {
    isDone: () => !isBusy,
    leave: client.leave,
    stop: () => client.stop(),
    play: async (goesOn) => {
      void client.start().catch(() => {})
      while (goesOn()) {
        isBusy = true
        await reply().finally(() => {
          isBusy = false
        })
        await pause(between(random, 10, 200))
      }
    },
  }
}
