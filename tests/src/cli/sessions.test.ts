import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Ended, seat } from '../harness/command.ts'
import { newName, world } from '../harness/world.ts'

const { deployment, api, account } = await world()
const admin = await account('admin')

const whoSaid = async (text: string): Promise<{ id: string; name: string; kind: string } | undefined> => {
  const { messages } = await api.call('GET /api/rooms/{room}/messages', { token: admin.token, at: 'general' })
  return messages.find((message) => message.text === text)?.from
}
/** Who it is that the command line is for whoever sits here. */
const speaker = async (run: Awaited<ReturnType<typeof seat>>['run'], words: readonly string[] = []) => {
  const text = newName('text')
  const ended = await run(['send', '--room', 'general', text, ...words])
  return { ...ended, who: await whoSaid(text) }
}

describe('a guest', () => {
  test('stays the same from one call to the next, by name too, and is another after logging out', async () => {
    const { run } = await seat(deployment.url)
    const [ana, bia] = [newName('Ana'), newName('Bia')]
    const first = (await speaker(run, ['--name', ana])).who
    expect(first).toMatchObject({ name: ana, kind: 'guest' })
    const other = (await speaker(run, ['--name', bia])).who
    expect((await speaker(run)).who).toEqual(other)
    expect((await speaker(run, ['--name', ana])).who).toEqual(first)
    expect((await speaker(run)).who).toEqual(first)

    const out = await run(['logout'])
    expect(out).toEqual({ code: 0, out: `${ana} is signed out of ${deployment.url}.\n`, err: '' })
    expect((await speaker(run)).who).toEqual(other)
    const again = (await speaker(run, ['--name', ana])).who
    expect(again?.name).toBe(ana)
    expect(again?.id).not.toBe(first?.id)
  })

  test('comes again under the same name when the session is over', async () => {
    const { run, state } = await seat(deployment.url)
    const name = newName('Caio')
    const { who } = await speaker(run, ['--name', name])
    const folder = join(state, 'parley', encodeURIComponent(deployment.url), 'sessions')
    const { token } = JSON.parse(await readFile(join(folder, `${who?.id}.json`), 'utf8'))
    expect((await api.raw('POST /api/logout', { token })).status).toBe(204)
    const again = (await speaker(run)).who
    expect(again).toMatchObject({ name, kind: 'guest' })
    expect(again?.id).not.toBe(who?.id)
    expect(await readdir(folder)).toEqual([`${again?.id}.json`])
  })

  test('is not let in where guests are not welcome', async () => {
    const closed = await world({ PARLEY_GUESTS: 'off' })
    const { run } = await seat(closed.deployment.url)
    const { code, out, err } = await run(['rooms'])
    expect({ code, out }).toEqual({ code: 3, out: '' })
    expect(err).toMatch(/^Guests are not allowed here\. .*--user NAME.*\n$/)
  })
})

describe('an account', () => {
  test('signs in once, and needs no password the next time, until it logs out', async () => {
    const { run } = await seat(deployment.url)
    const { user, password } = await account()
    const signIn = ['rooms', '--user', user.name, '--password-stdin']
    expect((await run(signIn, password)).code).toBe(0)
    expect((await speaker(run, ['--user', user.name])).who).toMatchObject({ id: user.id })
    expect((await speaker(run)).who).toMatchObject({ id: user.id })
    expect((await run(['logout', '--user', user.name])).code).toBe(0)
    const refused = await run(['rooms', '--user', user.name])
    expect(refused).toEqual({
      code: 2,
      out: '',
      err: 'There is no keyboard to ask for the password. Use --password-stdin.\n',
    })
    expect((await run(['logout', '--user', user.name])).code).toBe(3)
  })

  test('with a wrong password is refused', async () => {
    const { run } = await seat(deployment.url)
    const { user } = await account()
    const ends = await Promise.all(
      [user.name, newName('Nobody')].map((name) =>
        run(['chat', '--user', name, '--password-stdin'], 'a wrong password\nhello'),
      ),
    )
    for (const { code, out, err } of ends) {
      expect({ code, out }).toEqual({ code: 3, out: '' })
      expect(err).toMatch(/^[A-Z].*\.\n$/)
    }
  })

  test('that is signed out elsewhere is told so', async () => {
    const { run } = await seat(deployment.url)
    const { user, password } = await account()
    await run(['rooms', '--user', user.name, '--password-stdin'], password)
    await api.call('PATCH /api/accounts/{user}', { token: admin.token, at: user.id, body: { password: 'another one' } })
    const { code, err } = await run(['rooms'])
    expect({ code, err }).toEqual({
      code: 3,
      err: `${user.name} is signed out. Sign in with --user ${user.name}.\n`,
    })
  })

  test('that is banned while it talks is told so, and leaves', async () => {
    const { start } = await seat(deployment.url)
    const { user, password } = await account()
    const chat = start(['chat', '--user', user.name, '--password-stdin'])
    chat.type(password)
    await chat.said(/You are/)
    await api.call('PATCH /api/accounts/{user}', { token: admin.token, at: user.id, body: { banned: true } })
    const { code, err } = await chat.ended
    expect(code).toBe(3)
    expect(err).toMatch(/^[A-Z].*\.\n$/)
  })

  test('of a script comes with a token', async () => {
    const { run } = await seat(deployment.url)
    const { user, token } = await account()
    const text = newName('text')
    const [{ code }, refused] = (await Promise.all(
      [token, 'wrong'].map((given) => run(['send', '--room', 'general', text], '', { PARLEY_TOKEN: given })),
    )) as [Ended, Ended]
    expect(code).toBe(0)
    expect(await whoSaid(text)).toMatchObject({ id: user.id })
    expect(refused.code).toBe(3)
    expect(refused.err).toMatch(/PARLEY_TOKEN/)
  })
})
