import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { seat } from '../harness/command.ts'
import { newName, nodeWorld, type Person } from '../harness/world.ts'

const { deployment, api, guest, account } = await nodeWorld()
const reader = await guest()

const textsIn = async (room: string, person: Person = reader): Promise<readonly string[]> => {
  const { messages } = await api.call('GET /api/rooms/{room}/messages', { token: person.token, at: room })
  return messages.map(({ text }) => text)
}
const times = (text: string, output: string): number => output.split(text).length - 1

describe('parley chat in pipes', () => {
  test('lets two talk, each line once on both sides', async () => {
    const [here, there] = [await seat(deployment.url), await seat(deployment.url)]
    const [ana, bia] = [newName('Ana'), newName('Bia')]
    const [hello, answer] = [`hello ${randomUUID()}`, `안녕 ${randomUUID()}`]
    const one = here.start(['chat', '--name', ana])
    const other = there.start(['chat', '--name', bia])
    await one.said(new RegExp(`You are ${ana}, in general`))
    await other.said(new RegExp(`You are ${bia}, in general`))
    one.type(hello)
    expect(await other.said(new RegExp(hello))).toContain(`${ana}: ${hello}`)
    other.type(answer)
    expect(await one.said(new RegExp(answer))).toContain(`${bia}: ${answer}`)
    one.endInput()
    other.type('/quit')
    for (const { code, out, err } of [await one.ended, await other.ended]) {
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect([times(hello, out), times(answer, out)]).toEqual([1, 1])
      expect(out).not.toContain('\x1b')
    }
  })

  test('sends all of its input before it ends', async () => {
    const { run } = await seat(deployment.url)
    const texts = Array.from({ length: 30 }, (_, index) => `${index} ${randomUUID()}`)
    const { code } = await run(['chat', '--name', newName()], texts.join('\n'))
    expect(code).toBe(0)
    expect((await textsIn('general')).slice(-30)).toEqual(texts)
  })

  test('obeys commands, and says in words what it cannot do', async () => {
    const [here, there] = [await seat(deployment.url), await seat(deployment.url)]
    const [ana, bia] = [await account(), newName('Bia Maria')]
    const room = `room-${randomUUID().slice(0, 8)}`
    const other = there.start(['chat', '--name', bia])
    await other.said(/You are/)
    const one = here.start(['chat', '--user', ana.user.name, '--password-stdin'])
    one.type(ana.password)
    await one.said(/You are/)

    one.type(`/create ${room} Design talk`)
    await one.said(/in Design talk/)
    one.type('/topic Colours and type')
    one.type('first')
    await one.said(/^1 .*: first$/)
    one.type('/edit 1 first of all')
    await one.said(/^\* 1 .*: first of all \(edited\)$/)
    one.type('/react 1 tada')
    await one.said(/^\* 1 .*first of all \(edited\) {2}🎉 1$/)
    one.type(`/invite ${bia}`)
    await one.remarked(/is in this room now/)

    other.type(`/join ${room}`)
    await other.said(/in Design talk\. Colours and type/)
    other.type('/people')
    await other.said(/People in Design talk/)
    await other.said(new RegExp(`${bia} {2}here`))
    await other.said(new RegExp(`${ana.user.name} {2}here, admin`))
    other.type('/reply 1 agreed')
    expect(await one.said(/agreed/)).toMatch(new RegExp(`${bia} to 1: agreed$`))
    one.type('/delete 1')
    await other.said(/^\* 1 .*\(deleted\)$/)
    other.type('/delete 1')
    other.type('/topic Mine')
    await other.remarked(/./)
    other.type('/reply 99 what')
    await other.remarked(/There is no message 99 here/)
    other.type('/nothing')
    await other.remarked(/There is no command \/nothing/)

    one.type(`/dm ${bia} psst`)
    await one.said(new RegExp(`in ${bia}`))
    await other.said(/\[.*\] .*: psst$/)
    one.type('/rooms')
    await one.said(/Rooms/)
    await one.said(new RegExp(`@${bia}`))
    one.type(`/leave ${room}`)
    await one.remarked(/You left/)
    one.type('//shrug is no command')
    await one.said(/: \/shrug is no command$/)
    one.endInput()
    expect((await one.ended).code).toBe(0)
  })

  test('keeps what is typed while the server is away, and delivers it once and in order', async () => {
    const [here, there] = [await seat(deployment.url), await seat(deployment.url)]
    const texts = Array.from({ length: 5 }, (_, index) => `${index} ${randomUUID()}`)
    const one = here.start(['chat', '--name', newName('Ana')])
    const other = there.start(['chat', '--name', newName('Bia')])
    await one.said(/You are/)
    await other.said(/You are/)
    one.type(texts[0] as string)
    await other.said(new RegExp(texts[0] as string))
    const { port } = new URL(deployment.url)
    await deployment.kill()
    for (const text of texts.slice(1)) one.type(text)
    await one.remarked(/Reconnecting/)
    await deployment.restart({ PORT: port })
    for (const text of texts.slice(1)) await other.said(new RegExp(text))
    await one.remarked(/Connected again/)
    one.endInput()
    const { code, out } = await one.ended
    expect(code).toBe(0)
    expect((await textsIn('general')).slice(-5)).toEqual(texts)
    for (const text of texts) expect(times(text, out)).toBe(1)
  })

  test('keeps what could not be sent for the next time', async () => {
    const here = await seat(deployment.url)
    const text = `late ${randomUUID()}`
    const one = here.start(['chat', '--name', newName('Ana')])
    await one.said(/You are/)
    const { port } = new URL(deployment.url)
    await deployment.kill()
    await one.remarked(/Reconnecting/)
    one.type(text)
    one.type('/quit')
    const { code, err } = await one.ended
    expect(code).toBe(4)
    expect(err).toContain('One message could not be sent yet.')
    await deployment.restart({ PORT: port })
    expect((await here.run(['chat'])).code).toBe(0)
    expect((await textsIn('general')).filter((said) => said === text)).toHaveLength(1)
    expect((await here.run(['chat'])).code).toBe(0)
    expect((await textsIn('general')).filter((said) => said === text)).toHaveLength(1)
  })
})
