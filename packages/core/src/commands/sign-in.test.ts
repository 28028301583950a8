import { describe, expect, test } from 'vitest'
import type { Passwords } from '../ports/environment.ts'
import { refusal } from '../testing/expected.ts'
import { upTo, userId } from '../testing/samples.ts'
import { testChat } from '../testing/test-chat.ts'

const from = (address: string) => ({ kind: 'nobody', address, mayBeGuest: true }) as const
const signIn = (username: string, password: string) => ({ action: 'sign-in', username, password }) as const
const limited = { refused: 'rate_limited', message: expect.any(String), retry: expect.any(Number) }

describe('sign-in', () => {
  test('[H9][H11] signs in by the name in whatever case, with a token for a day', async () => {
    const { chat, person, ports, clock } = testChat()
    const ada = await person('Ada')
    const answer = await chat.execute(from('here'), signIn(' aDA ', 'password of Ada'))
    expect(answer).toMatchObject({
      user: { id: ada.id, name: 'Ada', kind: 'person', role: 'member' },
      expiresAt: clock.iso(ports.settings.tokenMs),
    })
    const token = 'token' in answer ? answer.token : ''
    expect(await chat.execute(from('here'), { action: 'authenticate', token })).toMatchObject({ user: ada.id })
  })

  test('[H10] an unknown name and a wrong password are refused in the same words after the same work', async () => {
    const asked: (string | undefined)[] = []
    const counting: Passwords = {
      hash: async () => '',
      verify: async (_password, hash) => {
        asked.push(hash)
        return false
      },
    }
    const { chat, person } = testChat({ wrap: () => ({ passwords: counting }) })
    await person('Ada')
    const unknown = await chat.execute(from('here'), signIn('Nobody', 'whatever'))
    expect(unknown).toStrictEqual(refusal('unauthorized'))
    expect(await chat.execute(from('here'), signIn('Ada', 'wrong'))).toStrictEqual(unknown)
    expect(asked).toStrictEqual([undefined, 'quick:password of Ada'])
  })

  test('[H10] a banned account learns that it is, by the right password only', async () => {
    const { chat, person } = testChat()
    await person('Bad', { banned: true })
    expect(await chat.execute(from('here'), signIn('Bad', 'wrong'))).toStrictEqual(refusal('unauthorized'))
    expect(await chat.execute(from('here'), signIn('Bad', 'password of Bad'))).toStrictEqual(refusal('forbidden'))
  })

  test('a guest has no password to sign in by', async () => {
    const { chat, guest } = testChat()
    await guest('Gus')
    expect(await chat.execute(from('here'), signIn('Gus', ''))).toStrictEqual(refusal('unauthorized'))
  })

  test('[L4][P6] is limited for an account, right password or wrong, however its name is written', async () => {
    const { chat, person, clock } = testChat({ framesPerSecond: 20 })
    await person('Ada')
    const names = ['Ada', 'ADA', 'ａｄａ', ' ada ', 'Ａda']
    for (const number of upTo(10)) {
      const name = names[number % names.length] as string
      expect(await chat.execute(from(`address ${number}`), signIn(name, 'wrong'))).toMatchObject({
        refused: 'unauthorized',
      })
    }
    const right = signIn('Ada', 'password of Ada')
    expect(await chat.execute(from('one more'), right)).toStrictEqual(limited)
    clock.pass(6_000)
    expect(await chat.execute(from('one more'), right)).toMatchObject({ user: { name: 'Ada' } })
  })

  test('[L4] is limited for an address', async () => {
    const { chat } = testChat({ framesPerSecond: 20 })
    for (const number of upTo(30)) await chat.execute(from('here'), signIn(`name ${number}`, 'wrong'))
    expect(await chat.execute(from('here'), signIn('another', 'wrong'))).toStrictEqual(limited)
    expect(await chat.execute(from('there'), signIn('another', 'wrong'))).toStrictEqual(refusal('unauthorized'))
  })
})

describe('be-guest', () => {
  const beGuest = (name: string) => ({ action: 'be-guest', name }) as const

  test('[H7][W7] makes a guest, a member of general, and signs it in', async () => {
    const { chat, ports } = testChat()
    const answer = await chat.execute(from('here'), beGuest('Gus'))
    expect(answer).toMatchObject({ token: expect.any(String), user: { name: 'Gus', kind: 'guest', role: 'guest' } })
    const id = 'user' in answer ? answer.user.id : userId(0)
    expect(await ports.store.memberships(id)).toMatchObject([{ room: 'general', role: 'member' }])
  })

  test('[W4] two guests may bear one name, but not that of an account', async () => {
    const { chat, person } = testChat()
    await person('Ada')
    expect(await chat.execute(from('here'), beGuest('Gus'))).toMatchObject({ user: { name: 'Gus' } })
    expect(await chat.execute(from('here'), beGuest('Gus'))).toMatchObject({ user: { name: 'Gus' } })
    expect(await chat.execute(from('here'), beGuest('ADA'))).toStrictEqual(refusal('conflict'))
  })

  test('[H8] is forbidden where the host says so, and to who is signed in already', async () => {
    const { chat, person } = testChat()
    const closed = { ...from('here'), mayBeGuest: false }
    expect(await chat.execute(closed, beGuest('Gus'))).toStrictEqual(refusal('forbidden'))
    expect(await chat.execute((await person('Ada')).actor, beGuest('Gus'))).toStrictEqual(refusal('forbidden'))
  })

  test('[L4] is limited for an address', async () => {
    const { chat } = testChat({ framesPerSecond: 20 })
    for (const number of upTo(30)) await chat.execute(from('here'), beGuest(`Guest ${number}`))
    expect(await chat.execute(from('here'), beGuest('One more'))).toStrictEqual(limited)
    expect(await chat.execute(from('there'), beGuest('One more'))).toMatchObject({ user: { name: 'One more' } })
  })
})
