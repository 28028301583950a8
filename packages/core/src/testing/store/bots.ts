import type { RoomBotChange } from '@parley/protocol'
import { expect, test } from 'vitest'
import type { Account, BotProfile } from '../../ports/records.ts'
import type { Store } from '../../ports/store.ts'
import { account, addPeople, facts, general, guest, membership, roomId, userId } from '../samples.ts'

const bot = (number: number, profile: BotProfile, more: Partial<Account> = {}): Account =>
  account(number, { name: `Bot ${number}`, kind: 'bot', bot: profile, ...more })

const everyField: BotProfile = {
  runs: 'hook',
  model: 'fast',
  instructions: 'Be kind.\n"Always" 👋',
  hook: { room: general, hash: 'x'.repeat(43) },
}

export const botTests = (given: () => Store): void => {
  test('bots lists bots and webhooks by id, and nobody else', async () => {
    const store = given()
    const bots = [bot(2, { runs: 'here' }), bot(4, everyField), bot(5, { runs: 'outside' }, { banned: true })]
    await addPeople(store, 1)
    await store.addUser(guest(3, 'Guest'))
    for (const one of bots.toReversed()) await store.addUser(one)
    expect(await store.bots()).toStrictEqual(bots)
  })

  test('bots is as everything stands', async () => {
    const store = given()
    expect(await store.bots()).toStrictEqual([])
    await store.addUser(bot(1, { runs: 'here' }))
    expect(await store.bots()).toHaveLength(1)
    await store.changeUser(userId(1), { name: 'Helper', bot: { runs: 'here', model: 'slow' } })
    expect(await store.bots()).toStrictEqual([bot(1, { runs: 'here', model: 'slow' }, { name: 'Helper' })])
    await store.changeUser(userId(1), { banned: true })
    expect((await store.bots())[0]?.banned).toBe(true)
    await store.addUser(bot(2, { runs: 'outside' }))
    expect((await store.bots()).map(({ id }) => id)).toStrictEqual([1, 2].map(userId))
  })

  test('what makes a user a bot is kept, changed as a whole, and told wherever the account is', async () => {
    const store = given()
    await store.addUser(bot(1, everyField))
    expect(await store.user(userId(1))).toStrictEqual(bot(1, everyField))
    expect(await store.userByName('bot 1')).toStrictEqual(bot(1, everyField))
    expect((await store.standing(general, userId(1)))?.account).toStrictEqual(bot(1, everyField))
    expect(await store.changeUser(userId(1), { bot: { runs: 'hook' } })).toStrictEqual(bot(1, { runs: 'hook' }))
    expect((await store.standing(general, userId(1)))?.account).toStrictEqual(bot(1, { runs: 'hook' }))
    await store.changeUser(userId(1), { name: 'Other' })
    expect(await store.user(userId(1))).toStrictEqual(bot(1, { runs: 'hook' }, { name: 'Other' }))
  })

  test('a direct room knows which of its people are bots, and any room what is set for bots', async () => {
    const store = given()
    await addPeople(store, 1)
    await store.addUser(bot(2, { runs: 'here' }))
    const people = [userId(1), userId(2)]
    const direct = facts('d.1-2', {
      kind: 'direct',
      name: '',
      with: people,
      bots: [userId(2)],
      bot: { speaks: 'always', answersBots: true, bot: userId(2), temperature: 0.7, instructions: 'Brief.' },
    })
    expect((await store.createRoom(direct, [membership('d.1-2', 1)])).room).toStrictEqual(direct)
    expect(await store.room(direct.id)).toStrictEqual(direct)
    expect((await store.standing(direct.id, userId(1)))?.room).toStrictEqual(direct)
    expect((await store.overviews(userId(1), [direct.id]))[0]?.facts).toStrictEqual(direct)
  })

  test('what is set for bots is merged; null takes back; nothing set is no field', async () => {
    const store = given()
    await addPeople(store, 1)
    await store.createRoom(facts('club'), [membership('club', 1)])
    const club = roomId('club')
    const after = async (bot: RoomBotChange) => {
      const changed = await store.changeRoom(club, { bot })
      expect(await store.room(club)).toStrictEqual(changed)
      expect((await store.standing(club, userId(1)))?.room).toStrictEqual(changed)
      expect((await store.publicRooms({ limit: 1 }))[0]).toStrictEqual(changed)
      return changed
    }
    expect(await after({ speaks: 'always', topP: 0 })).toStrictEqual(
      facts('club', { bot: { speaks: 'always', topP: 0 } }),
    )
    expect(await after({ model: 'fast', speaks: 'off' })).toStrictEqual(
      facts('club', { bot: { speaks: 'off', topP: 0, model: 'fast' } }),
    )
    expect(await store.changeRoom(club, { topic: 'new' })).toStrictEqual(
      facts('club', { topic: 'new', bot: { speaks: 'off', topP: 0, model: 'fast' } }),
    )
    expect(await store.changeRoom(club, { topic: '', bot: { topP: null, speaks: null } })).toStrictEqual(
      facts('club', { bot: { model: 'fast' } }),
    )
    const bare = await after({ model: null, instructions: null })
    expect(bare).toStrictEqual(facts('club'))
    expect(bare).not.toHaveProperty('bot')
    expect(await store.changeRoom(roomId('nowhere'), { bot: { speaks: 'off' } })).toBeUndefined()
  })

  test('changes of what is set for bots at the same time are all kept', async () => {
    const store = given()
    await Promise.all([
      store.changeRoom(general, { bot: { speaks: 'always' } }),
      store.changeRoom(general, { bot: { model: 'fast' } }),
      store.changeRoom(general, { topic: 'All' }),
      store.changeRoom(general, { bot: { maxTokens: 100 } }),
    ])
    expect(await store.room(general)).toMatchObject({
      topic: 'All',
      bot: { speaks: 'always', model: 'fast', maxTokens: 100 },
    })
  })
}
