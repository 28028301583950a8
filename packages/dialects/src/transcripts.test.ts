import { readdirSync, readFileSync } from 'node:fs'
import { isRefusal } from '@parley/core'
import { describe, expect, test } from 'vitest'
import { type Player, type Stage, stage } from './testing/stage.ts'

/** What happens, and what each of the clients is then told; those who are not named are told nothing. */
interface Step {
  readonly open?: string
  readonly query?: string
  readonly refused?: string
  readonly up?: string
  readonly frame?: string
  readonly leave?: string
  readonly vanish?: string
  readonly speak?: string
  readonly announce?: string
  readonly answer?: string
  readonly ended?: 'failed'
  readonly http?: string
  readonly body?: string
  readonly status?: number
  readonly answers?: string
  readonly told?: Readonly<Record<string, readonly string[]>>
}

interface Story {
  readonly title: string
  readonly steps: readonly Step[]
}

const folder = new URL('../fixtures/', import.meta.url)
const storiesOf = (file: string): readonly Story[] => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))

/** Without what is made by chance. */
const plain = (text: string): string =>
  text
    .replace(/("connectionId":|"requestId":|"connection_id":)"[^"]+"/g, '$1"…"')
    .replace(/(Anonymous|Guest)-[A-Z0-9]{6}/g, '$1-…')
    .replace(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, '<jwt>')

const play = async (world: Stage, system: string, { steps }: Story): Promise<void> => {
  const players = new Map<string, Player>()
  const playing = (name = ''): Player => players.get(name) as Player
  const ask = (method: string, path: string, body?: string) =>
    world.http.request(`/compat/${system}${path}`, { method, ...(body !== undefined && { body }) })
  const login = async (): Promise<string> => {
    const answer = await ask('POST', '/login', JSON.stringify({ username: 'Eve', password: 'password of Eve' }))
    return ((await answer.json()) as { body: { token: string } }).body.token
  }
  for (const step of steps) {
    if (step.open !== undefined) {
      const query = step.query?.includes('<jwt>') ? step.query.replace('<jwt>', await login()) : step.query
      const player = await world.arrive(system, query)
      expect(isRefusal(player) ? player.refused : undefined).toBe(step.refused)
      if (!isRefusal(player)) players.set(step.open, player)
    }
    if (step.up !== undefined) await playing(step.up).say(step.frame ?? '')
    if (step.leave !== undefined) await playing(step.leave).leave()
    if (step.vanish !== undefined) playing(step.vanish).vanish()
    if (step.speak !== undefined) await world.speak(step.speak)
    if (step.announce !== undefined) {
      const boss = await world.person('Boss', { role: 'admin' })
      await world.chat.execute(boss.actor, { action: 'broadcast', text: step.announce })
    }
    if (step.answer !== undefined) await world.answer(step.answer, step.ended)
    if (step.http !== undefined) {
      const [method = '', path = ''] = step.http.split(' ')
      const answer = await ask(method, path, step.body)
      expect(plain(await answer.text())).toBe(step.answers)
      expect(answer.status).toBe(step.status)
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    }
    const told = Object.fromEntries([...players].map(([name, player]) => [name, player.heard().map(plain)]))
    const silent = Object.fromEntries([...players.keys()].map((name) => [name, []]))
    expect(told, JSON.stringify(step)).toEqual({ ...silent, ...step.told })
  }
}

const files = readdirSync(folder)

test('there are transcripts of every system', async () => {
  const { systems } = await stage()
  expect(files.map((file) => file.replace('.json', '')).sort()).toEqual(Object.keys(systems).sort())
})

describe.each(files)('%s', (file) => {
  test.each(storiesOf(file))('$title', async (story) => {
    const world = await stage()
    await world.person('Eve')
    await play(world, file.replace('.json', ''), story)
    expect(world.log.lines.filter(({ level }) => level === 'error')).toEqual([])
  })

  test('the same with the engine made anew for every call', async () => {
    const world = await stage({ anew: true })
    await world.person('Eve')
    await play(world, file.replace('.json', ''), storiesOf(file)[0] as Story)
  })
})
