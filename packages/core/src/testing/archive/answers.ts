import type { Store } from '../../ports/store.ts'
import { instant, messageId, upTo, whole } from '../samples.ts'
import { wholeChat } from './whole-chat.ts'

const { rooms, people } = wholeChat
const pages = [{ limit: 1, bytes: 1_000_000 }, { limit: 3, bytes: 1_000_000 }, { limit: 100, bytes: 500 }, whole]

/** What a store answers to every question about a whole chat: two stores that hold the same answer the same. */
export const answersOf = async (store: Store): Promise<object> => {
  const answers: unknown[] = []
  for (const size of pages) {
    for (const room of rooms) {
      const { rev } = await store.history(room, {}, size)
      for (let place = 0; place <= rev + 1; place += 1) {
        answers.push(await store.messagesSince(room, place, size))
        answers.push(await store.history(room, { before: place }, size))
        answers.push(await store.history(room, { after: place }, size))
      }
    }
  }
  for (const room of rooms) {
    answers.push(await store.room(room), await store.members(room, { limit: 100 }))
    for (const number of upTo(6)) answers.push(await store.message(room, messageId(number)))
    for (const user of people) answers.push(await store.standing(room, user))
  }
  for (const user of people) {
    answers.push(await store.user(user), await store.memberships(user), await store.overviews(user, rooms))
    for (const origin of ['c1', 'c2', 'c3']) {
      answers.push(await store.latestMessage(user, origin, instant(0), instant(100_000)))
      answers.push(await store.latestMessage(user, origin, instant(0), instant(20)))
    }
  }
  for (const name of ['person 1', 'ZOË 한글 👋', 'Person 3', 'renamed', 'Visitor', 'helper']) {
    answers.push(await store.userByName(name), await store.findUsers(name.slice(0, 3), 10))
  }
  answers.push(await store.accounts({ limit: 100 }), await store.publicRooms({ limit: 100 }))
  answers.push([...(await store.revs(rooms))].sort(), await store.latestBroadcast(instant(0), instant(100_000)))
  answers.push(await store.latestBroadcast(instant(0), instant(90_000)))
  return answers
}
