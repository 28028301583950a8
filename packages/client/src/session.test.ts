import { describe, expect, test } from 'vitest'
import { ParleyError } from './errors.ts'
import { createSessionKeeper, type Session } from './session.ts'
import { virtualClock } from './testing/virtual-clock.ts'

const hourMs = 60 * 60_000

const setUp = ({ first }: { first?: Session } = {}) => {
  const clock = virtualClock(0, () => {})
  const renewals: string[] = []
  const answers: (Session | ParleyError)[] = []
  const renewed: Session[] = []
  const ended: ParleyError[] = []
  const keeper = createSessionKeeper({
    api: (async (name: string, { token = '' }: { token?: string }) => {
      renewals.push(`${name} ${token}`)
      const answer = answers.shift()
      if (!answer || answer instanceof ParleyError) throw answer ?? new ParleyError('network', 'nobody listens', 1)
      return answer
    }) as never,
    first,
    clock,
    random: () => 0.5,
    renewed: (session) => renewed.push(session),
    ended: (why) => ended.push(why),
  })
  const session = (token: string, hours: number): Session => ({
    token,
    expiresAt: new Date(clock.now() + hours * hourMs).toISOString(),
  })
  return { clock, renewals, answers, renewed, ended, keeper, session }
}
const unauthorized = new ParleyError('unauthorized', 'This token has expired.')

test('a session is renewed in the last third of its life, again and again', async () => {
  const { clock, renewals, answers, renewed, keeper, session } = setUp()
  keeper.begin(session('a', 24))
  const second = { token: 'b', expiresAt: new Date(40 * hourMs).toISOString() }
  answers.push(second)
  await clock.pass(16 * hourMs)
  expect(renewals).toEqual([])
  await clock.pass(4 * hourMs)
  expect(renewals).toEqual(['POST /api/renew a'])
  expect(renewed).toEqual([second])
  await expect(keeper.withToken(async (token) => token)).resolves.toBe('b')
})

test('a renewal that fails is tried again, and nobody is signed out by it', async () => {
  const { clock, renewals, answers, renewed, ended, keeper, session } = setUp()
  keeper.begin(session('a', 24))
  answers.push(new ParleyError('network', 'x', 1), new ParleyError('unavailable', 'x', 1), session('b', 48))
  await clock.pass(24 * hourMs)
  expect(renewals).toHaveLength(3)
  expect([renewed.length, ended.length]).toEqual([1, 0])
})

test('a clock that is wrong does not make it renew without end', async () => {
  const { clock, renewals, answers, keeper, session } = setUp()
  keeper.begin(session('a', -5))
  answers.push(...Array.from({ length: 50 }, (_, number) => session(String(number), -5)))
  await clock.pass(hourMs)
  expect(renewals).toHaveLength(6)
})

describe('with a token', () => {
  test('that is refused it tries once more with a new one', async () => {
    const { answers, keeper, session } = setUp({ first: { token: 'a' } })
    answers.push(session('b', 24))
    const used: string[] = []
    const result = await keeper.withToken(async (token) => {
      used.push(token)
      if (token === 'a') throw unauthorized
      return 'done'
    })
    expect([result, used]).toEqual(['done', ['a', 'b']])
  })

  test('that is known to end it does not try', async () => {
    const { answers, keeper, session } = setUp()
    keeper.begin(session('a', 0))
    answers.push(session('b', 24))
    await expect(keeper.withToken(async (token) => token)).resolves.toBe('b')
  })

  test('several who are refused at once renew once', async () => {
    const { renewals, answers, keeper, session } = setUp({ first: { token: 'a' } })
    answers.push(session('b', 24))
    const act = async (token: string) => {
      if (token === 'a') throw unauthorized
      return token
    }
    expect(await Promise.all([keeper.withToken(act), keeper.withToken(act)])).toEqual(['b', 'b'])
    expect(renewals).toHaveLength(1)
  })

  test('a session that is over is told so', async () => {
    const { answers, ended, keeper } = setUp({ first: { token: 'a' } })
    answers.push(new ParleyError('unauthorized', 'This session has ended.'))
    const refused = keeper.withToken(async () => {
      throw unauthorized
    })
    await expect(refused).rejects.toMatchObject({ code: 'signed_out', retry: null })
    expect(ended).toMatchObject([{ code: 'signed_out' }])
  })

  test('other errors are passed on as they are', async () => {
    const { renewals, keeper } = setUp({ first: { token: 'a' } })
    const refused = keeper.withToken(async () => {
      throw new ParleyError('rate_limited', 'Wait.', 3)
    })
    await expect(refused).rejects.toMatchObject({ code: 'rate_limited', retry: 3 })
    expect(renewals).toEqual([])
  })

  test('without a session there is none', async () => {
    const { keeper } = setUp()
    await expect(keeper.withToken(async (token) => token)).rejects.toMatchObject({ code: 'signed_out' })
  })
})

test('a token that lasts for a year is not renewed before its last third', async () => {
  const { clock, renewals, answers, keeper, session } = setUp()
  keeper.begin(session('a', 365 * 24))
  answers.push(session('b', 24))
  await clock.pass(240 * 24 * hourMs)
  expect(renewals).toEqual([])
  await clock.pass(125 * 24 * hourMs)
  expect(renewals[0]).toBe('POST /api/renew a')
})
