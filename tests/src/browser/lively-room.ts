import { asGuest, type Client, createClient, type Reply, signIn } from '@parley/client'

/** Who is connected, and a reply that has not come to its end. */
export interface Lively {
  readonly people: Readonly<Record<string, Client>>
  readonly growing: Reply
}

const patience = `Today's **sourdough** numbers, from three bakes:

| Flour | Hydration | Proof | Crumb |
| --- | ---: | ---: | --- |
| Rye 20 % | 72 % | 4 h | tight, moist |
| Spelt | 68 % | 3 h 20 | even |
| White | 78 % | 5 h | open, wild |`

const code = `This is the part that surprised me. It retries, but never twice at the same moment:

\`\`\`ts
/** Waits a random part of a time that doubles. */
export const backOffMs = (attempt: number, random: () => number): number => {
  const longest = Math.min(60_000, 1_000 * 2 ** attempt)
  return Math.floor(longest * random())
}
\`\`\`

With \`Math.random\` it spreads 1,000 clients over the whole minute.`

const advice = `It depends on what you mean by **ready**. For a 900 g loaf:

1. Core temperature between 96 and 98 °C
2. A hollow sound when you knock underneath
3. No steam from the cut after

`

const more = 'If you have no thermometer, weigh it: a loaf that is done has lost about **11 %** of its weight. '

/** The assistant, which says a reply and leaves another one growing until it is ended. */
const assist = async (server: string, mira: Client, prompt: string, follow: string): Promise<Reply> => {
  const { bot } = await mira.call('POST /api/bots', { body: { name: 'Hearth', runs: 'outside' } })
  const { token } = await mira.call('POST /api/bots/{user}/tokens', { params: { user: bot.id } })
  const client = createClient({ server, session: { token } })
  await client.start()
  const reply = client.reply('general', { replyTo: prompt })
  reply.write(advice + more)
  await reply.end()
  const next = client.reply('general', { replyTo: follow })
  next.write('Then **two hours** on the rack at least')
  return next
}

/** Lets people talk in a few rooms, so that there is something to see. Answers who they are. */
export const fillRooms = async (server: string, owner: { username: string; password: string }): Promise<Lively> => {
  const enter = async (session: Awaited<ReturnType<typeof asGuest>>): Promise<Client> => {
    const client = createClient({ server, session })
    await client.start()
    return client
  }
  const mira = await enter(await signIn(server, owner))
  const [ana, minji, tom, wei] = await Promise.all(
    ['Ana Ribeiro', '김민지', 'Tom Okafor', '王小明'].map(async (name) => enter(await asGuest(server, name))),
  )
  if (!ana || !minji || !tom || !wei) throw new Error('nobody came')
  const say = async (who: Client, text: string, replyTo?: string, room = 'general') =>
    (await who.send(room, text, replyTo).stored).id
  const react = (who: Client, id: string, emoji: string, room = 'general') => who.react(room, id, emoji, true)

  await mira.set('general', { name: 'Kitchen', topic: 'What we bake, build and break this week' })
  for (const [id, name, kind] of [
    ['garden', 'Garden', 'public'],
    ['release', 'Release 2.4', 'public'],
    ['travel', 'Viagens', 'public'],
    ['finance', 'Budget', 'private'],
  ] as const) {
    await mira.create(id, { kind, name })
  }
  for (const who of [ana, minji, tom]) await who.join('garden')
  await say(mira, 'Good morning. The oven is free until noon, first come first served.')
  await say(mira, 'Flour arrived too, it is under the table.')
  const bake = await say(ana, patience)
  await react(minji, bake, '🍞')
  await react(tom, bake, '🍞')
  await react(wei, bake, '👏')
  await react(mira, bake, '🍞')
  await say(minji, '와, 호밀빵이 제일 궁금해요. 저는 지난주에 **물을 조금 더** 넣었더니 속이 훨씬 촉촉했어요.')
  await say(minji, '사진은 오후에 올릴게요 📷')
  const question = await say(tom, 'Does anybody know why the sync client waits so *unevenly* before it reconnects?')
  const answer = await say(wei, code, question)
  await react(tom, answer, '💡')
  await react(ana, answer, '❤️')
  await say(tom, 'Ah, that explains the graph. Thank you @王小明, I owe you a loaf.')
  await say(ana, 'مرحبا بالجميع، الخبز جاهز الساعة الثانية')
  await say(wei, '- [x] Starter fed\n- [x] Tins oiled\n- [ ] Somebody to carry the boxes at 14:00')
  await say(mira, 'I can carry. @Ana Ribeiro, shall we meet at the back door?')
  await say(ana, '👍')
  const prompt = await say(tom, '@Hearth when is a rye loaf ready?')
  const follow = await say(tom, '@Hearth and how long must it cool?')
  const growing = await assist(server, mira, prompt, follow)
  const garden = await say(tom, 'The tomatoes have outgrown their strings again.', undefined, 'garden')
  await react(ana, garden, '🍅', 'garden')
  await say(minji, '내일 아침에 물 줄게요.', undefined, 'garden')
  const direct = await ana.direct([mira.state.me?.id ?? ''])
  await say(ana, 'Did the invoice from the mill reach you?', undefined, direct.id)
  await say(ana, 'No hurry, Friday is fine.', undefined, direct.id)
  await mira.direct([wei.state.me?.id ?? ''])
  return { people: { mira, ana, minji, tom, wei }, growing }
}
