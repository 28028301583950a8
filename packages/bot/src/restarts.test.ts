import type { Job } from '@parley/core'
import { referenceClient, type TestClient } from '@parley/core/testing'
import type { Down, Message, MessageId, Up } from '@parley/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Bot, createBot } from './bot.ts'
import { type BotWorld, botWorld, catalogueOf, general, notStopped, quiet } from './testing/bot-world.ts'
import { type HandModel, handModel } from './testing/hand-model.ts'

const pieces = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
const step = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({ do: fc.constant('say' as const), text: pieces, ms: fc.integer({ min: 0, max: 250 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'kill' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'redeliver' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'react' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('arrive' as const), pick: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'heal' as const }) },
)
const fate = fc.constantFrom('direct', 'direct', 'dropped', 'delayed', 'doubled')
const scripts = fc.record({
  steps: fc.array(step, { minLength: 4, maxLength: 20, size: 'max' }),
  fates: fc.array(fate, { minLength: 4, maxLength: 30, size: 'max' }),
})
type Script = typeof scripts extends fc.Arbitrary<infer T> ? T : never

/** A worker that can die without a word: from then on nothing that it wants reaches anybody. */
const mortal = (world: BotWorld, model: HandModel): { readonly bot: Bot; die(): void } => {
  let isDead = false
  const bot = createBot({
    chat: {
      execute: (actor, command) => (isDead ? new Promise(() => {}) : world.chat.execute(actor, command)),
    },
    catalogue: catalogueOf({ model }),
    timers: world.timers,
    log: world.log,
  })
  return {
    bot,
    die: () => {
      isDead = true
    },
  }
}

/** A reader whose frames are lost, late and doubled. */
const reader = (client: TestClient, fates: Script['fates']) => {
  const mind = referenceClient()
  const air: Down[] = []
  let heard = 0
  const hear = (): void => {
    for (const frame of client.heard.slice(heard)) {
      const now = fates[heard % fates.length]
      heard += 1
      if (now === 'delayed' || now === 'doubled') air.push(frame)
      if (now === 'direct' || now === 'doubled') mind.take(frame)
    }
  }
  const say = async (frame: Up): Promise<void> => {
    const answer = await client.say(frame)
    hear()
    mind.takeAnswer(frame, answer)
  }
  const arrive = (pick: number): void => {
    const [frame] = air.splice(pick % Math.max(1, air.length), 1)
    if (frame) mind.take(frame)
  }
  return {
    say,
    hear,
    arrive,
    heal: async () => {
      hear()
      for (let asked = 0; mind.wants().length > 0; asked += 1) {
        expect(asked, 'asks without end').toBeLessThan(50)
        await say(mind.wants()[0] as Up)
      }
    },
    allArrive: () => {
      hear()
      while (air.length > 0) arrive(7)
    },
    reply: (id: MessageId): Message | undefined =>
      mind.state().rooms[general]?.messages.find((message) => message.id === id),
  }
}

const play = async ({ steps, fates }: Script): Promise<void> => {
  const world = await botWorld()
  const eve = reader(await world.open(await world.person('Eve')), fates)
  await eve.say({ action: 'hello', v: 1 })
  await eve.heal()
  const job: Job = await world.say('@assistant go').then(() => world.job())
  const id = job.id as MessageId
  const model = handModel()
  let worker = mortal(world, model)
  void worker.bot.work(job, notStopped())
  await model.call(0)
  await eve.say({ action: 'ping', rooms: [general] })
  await eve.heal()

  const check = async (): Promise<void> => {
    const held = eve.reply(id)
    const stands = (await world.ports.store.message(general, id))?.message
    if (held?.rev === stands?.rev) expect(stands?.text.startsWith(held?.text ?? '')).toBe(true)
  }
  const revive = async (): Promise<void> => {
    await world.pass(20_000)
    await eve.say({ action: 'ping' })
    worker = mortal(world, model)
    const number = model.calls.length
    const worked = worker.bot.work(job, notStopped())
    await Promise.race([worked, model.call(number)])
  }
  for (const one of steps) {
    if (one.do === 'say') {
      model.calls.at(-1)?.say(one.text)
      await world.pass(one.ms)
    }
    if (one.do === 'redeliver') expect(await world.bot.work(job, notStopped())).not.toBe(undefined)
    if (one.do === 'arrive') eve.arrive(one.pick)
    if (one.do === 'heal') await eve.heal()
    if (one.do === 'react') {
      const on = !JSON.stringify(await world.latest()).includes('👍')
      await world.chat.execute(world.ada.actor, { action: 'react', room: general, id, emoji: '👍', on })
    }
    if (one.do === 'kill') {
      worker.die()
      await revive()
    }
    await quiet()
    eve.hear()
    await check()
  }
  model.calls.at(-1)?.say('The end.')
  model.calls.at(-1)?.end()
  await world.pass(1_000)
  eve.allArrive()
  await eve.say({ action: 'ping', rooms: [general] })
  await eve.heal()
  const stands = (await world.ports.store.message(general, id))?.message
  expect(eve.reply(id)).toEqual(stands)
  const deaths = steps.filter((one) => one.do === 'kill').length
  expect(deaths > 1 ? ['done', 'interrupted'] : ['done']).toContain(stands?.ended)
  const said = await world.messages()
  expect(said.filter(({ from }) => from.kind === 'bot')).toHaveLength(1)
}

/** The seed and the path of a failure are printed; to see it again, give them to `fc.assert`. */
test('[T3][D4][U1] a reader has the exact text, however its maker dies and its frames are lost, doubled and late', async () => {
  await fc.assert(fc.asyncProperty(scripts, play), { numRuns: 150, interruptAfterTimeLimit: 4_000 })
}, 30_000)
