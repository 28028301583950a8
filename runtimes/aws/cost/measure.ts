import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FakeServer, fakeServer, openAiStream } from '@parley/bot/testing'
import { type EmulatedClock, emulatedClock } from '../emulator/clock.ts'
import { type Emulator, emulate } from '../emulator/emulate.ts'
import { call, openClient } from './client.ts'
import type { Counted } from './counted.ts'
import type { Stage } from './stage.ts'
import { plus, type Usage } from './usage.ts'
import { type UsageMeter, usageMeter } from './usage-meter.ts'

const longMs = 20_000

/** Time that stands still, but for what is due at once: a test must not count what the clock does while it lasts. */
const stillClock = (): EmulatedClock => {
  const clock = emulatedClock()
  const long = new Set<{ readonly at: number; readonly act: () => void }>()
  let ahead = 0
  return {
    now: clock.now,
    after: (ms, act) => {
      if (ms < longMs) return clock.after(ms, act)
      const timer = { at: ahead + ms, act }
      long.add(timer)
      return () => void long.delete(timer)
    },
    advance: (ms) => {
      ahead += ms
      for (const timer of long) if (timer.at <= ahead && long.delete(timer)) timer.act()
    },
  }
}

const secondsName = 'a second passes'
const greeting = openAiStream(['Hello there.'])

const open = (
  emulator: Emulator,
  meter: UsageMeter,
  model: FakeServer,
  counted: Record<string, Usage>,
  second: () => void,
): Stage => {
  const { url, clock } = emulator
  const stage: Stage = {
    url,
    model,
    of: async (name, act, enough = () => true) => {
      await meter.quiet()
      const before = meter.total()
      const used = (): Usage => plus(meter.total(), before, -1)
      const made = await act()
      await meter.quiet(() => enough(used()))
      counted[name] = used()
      return made
    },
    until: (enough) => meter.until(enough(meter.total())),
    second,
    minute: () => clock.advance(60_000),
    guest: () => call(url, 'POST /api/guests', undefined, { name: `Guest ${randomUUID().slice(0, 8)}` }),
    login: async (name, role) => {
      await emulator.invoke('administer', { action: 'add-account', name, role, password: `password of ${name}` })
      return call(url, 'POST /api/login', undefined, { username: name, password: `password of ${name}` })
    },
    connect: async ({ token }) => {
      const client = await openClient(url, '', token)
      await client.ask('hello', { v: 1 })
      return client
    },
  }
  return stage
}

const heldSeconds = new URL('./held-seconds.ts', import.meta.url).href

/** Puts what holds the seconds before the bundle of the bot, in a stack that nobody else runs. */
const holdSeconds = (stack: string): void => {
  for (const folder of readdirSync(stack)) {
    const file = join(stack, folder, 'index.mjs')
    if (!folder.startsWith('asset.') || !existsSync(file)) continue
    const bundle = readFileSync(file, 'utf8')
    if (!bundle.startsWith('import')) throw new Error(`${file} begins otherwise than expected`)
    writeFileSync(file, `import ${JSON.stringify(heldSeconds)}\n${bundle}`)
  }
}

/** Runs a synthesized stack, one environment a function, and counts what is done on the stage. */
export const measure = async (stack: string, play: (stage: Stage) => Promise<void>): Promise<Counted> => {
  holdSeconds(stack)
  const meter = usageMeter()
  const model = await fakeServer(greeting)
  const seconds = new BroadcastChannel(secondsName)
  const emulator = await emulate({
    stack,
    page: stack,
    port: 0,
    settings: {
      PARLEY_GUESTS: 'on',
      PARLEY_RATE: 'off',
      PARLEY_DELTAS: '60',
      PARLEY_BUDGET_PERSON: 'off',
      PARLEY_BUDGET_ROOM: 'off',
      PARLEY_MODEL_URL: `${model.origin}/v1`,
      PARLEY_MODEL: 'fake',
      PARLEY_MODEL_KEY: 'none',
    },
    concurrency: 1,
    log: (line) => process.stderr.write(line),
    meter,
    clock: stillClock(),
  })
  const counted: Record<string, Usage> = {}
  try {
    await play(open(emulator, meter, model, counted, () => seconds.postMessage('a second')))
  } finally {
    seconds.close()
    emulator.stop()
    await model.close()
  }
  const { '': _, ...told } = counted
  return told
}
