import { foldName, type Store } from '@parley/core'
import { accountOf, findAccount, findAccounts } from './account-item.ts'
import { appendMessage } from './append-message.ts'
import { addBroadcast, latestBroadcast } from './broadcasts.ts'
import { changeMessage } from './change-message.ts'
import type { StoreContext } from './context.ts'
import { findMessage } from './find-message.ts'
import { growMessage, leaseStream } from './grow-message.ts'
import { openGrowing } from './growing.ts'
import { openHeads } from './heads.ts'
import { history } from './history.ts'
import { latestMessage } from './latest-message.ts'
import { addMember, changeMemberRole, members, memberships, moveMarker, removeMember } from './members.ts'
import { messagesSince } from './messages-since.ts'
import { holderOf } from './names.ts'
import { type DynamoOptions, openWholeContext } from './open-context.ts'
import { roomQueue } from './room-queue.ts'
import { changeRoom, createRoom, findRoom, publicRooms } from './rooms.ts'
import {
  addSession,
  addTicket,
  endSession,
  endSessionsOf,
  findSession,
  redeemTicket,
  renewSession,
} from './sessions.ts'
import { openSpeakers } from './speakers.ts'
import { overviews, revs, standing } from './standing.ts'
import { orphans } from './streams.ts'
import { addUser, changeUser, findUsers, listAccounts, listBots } from './users.ts'
import { findSummary, findVariant, forgetVariants, keepSummary, keepVariant } from './variants.ts'

/**
 * A {@link Store} in one table of DynamoDB; `keys.ts` tells what is where.
 *
 * What each act asks for when nobody else is in its way, with texts of 200 bytes; a test computes it. Sending, editing
 * and moving a marker are told together with the question that comes before them, who one is in the room; so are beginning
 * and ending a reply. A reply that grows costs a write unit for each kilobyte that it then has; this one grows to 3 KB.
 *
 * | act                                      | requests | write units | read units |
 * |------------------------------------------|---------:|------------:|-----------:|
 * | ask who somebody is in a room            |        2 |           0 |          3 |
 * | send                                     |        4 |           2 |          3 |
 * | send the same again                      |        7 |           1 |          7 |
 * | send without having asked                |        3 |           2 |          1 |
 * | edit                                     |        9 |           2 |          8 |
 * | send after somebody edited               |        5 |           2 |          4 |
 * | sync, nothing new                        |        1 |           0 |          1 |
 * | sync, one new                            |        1 |           0 |          1 |
 * | sync, one edited and one new             |        2 |           0 |          2 |
 * | sync of 50                               |        1 |           0 |          6 |
 * | history of 50                            |        1 |           0 |          5 |
 * | history of 50, older                     |        2 |           0 |          6 |
 * | move a marker                            |        6 |           1 |          6 |
 * | the newest rev of a room                 |        1 |           0 |          1 |
 * | memberships, of 5 rooms                  |        2 |           0 |          6 |
 * | overviews, of 5 rooms                    |        6 |           0 |         10 |
 * | a user                                   |        1 |           0 |          1 |
 * | a user by name                           |        2 |           0 |          2 |
 * | a session                                |        2 |           0 |          2 |
 * | begin a session                          |        2 |           2 |          0 |
 * | make a ticket                            |        1 |           1 |          0 |
 * | redeem a ticket                          |        1 |           1 |          0 |
 * | add an account                           |        7 |           6 |          1 |
 * | add a guest                              |        7 |           5 |          2 |
 * | rename somebody                          |        4 |           3 |          1 |
 * | make a room of two                       |        6 |           6 |          1 |
 * | join                                     |        4 |           2 |          2 |
 * | leave                                    |        1 |           1 |          0 |
 * | begin a reply                            |        5 |           3 |          3 |
 * | let it grow by 1 KB                      |        1 |           2 |          0 |
 * | let it grow from 1 KB to 2               |        1 |           3 |          0 |
 * | let it grow from 2 KB to 3, having asked |        4 |           4 |          4 |
 * | renew its lease                          |        1 |           4 |          0 |
 * | look for orphans, one being made         |        2 |           0 |          2 |
 * | end it                                   |        8 |           6 |          6 |
 * | look for orphans, none being made        |        1 |           0 |          1 |
 * | keep a variant                           |        3 |           4 |          2 |
 * | try it again                             |        5 |           6 |          2 |
 * | a variant                                |        1 |           0 |          1 |
 * | keep a summary                           |        1 |           2 |          0 |
 * | the summary of a room                    |        1 |           0 |          1 |
 * | set something for bots                   |        2 |           1 |          1 |
 * | add a bot                                |        8 |           7 |          1 |
 * | the bots, of 1                           |        2 |           0 |          2 |
 */
export const dynamoStore = (options: DynamoOptions): Store => {
  const context: StoreContext = {
    ...openWholeContext(options),
    heads: openHeads(),
    growing: openGrowing(),
    inTurn: roomQueue(),
    speakers: openSpeakers(),
  }
  return {
    addUser: (account) => addUser(context, account),
    user: async (id) => {
      const item = await findAccount(context, id)
      return item && accountOf(item)
    },
    users: async (ids) => (await findAccounts(context, ids)).map(accountOf),
    userByName: async (name) => {
      const item = await holderOf(context, foldName(name))
      return item && accountOf(item)
    },
    findUsers: (prefix, limit) => findUsers(context, prefix, limit),
    accounts: (page) => listAccounts(context, page),
    bots: () => listBots(context),
    changeUser: (id, change) => changeUser(context, id, change),

    addSession: (session) => addSession(context, session),
    session: (id) => findSession(context, id),
    renewSession: (id, expiresAt) => renewSession(context, id, expiresAt),
    endSession: (id) => endSession(context, id),
    endSessionsOf: (user, but) => endSessionsOf(context, user, but),
    addTicket: (ticket) => addTicket(context, ticket),
    redeemTicket: (hash, now) => redeemTicket(context, hash, now),

    createRoom: (room, first) => createRoom(context, room, first),
    room: (id) => findRoom(context, id),
    changeRoom: (id, change) => changeRoom(context, id, change),
    publicRooms: (page) => publicRooms(context, page),
    standing: (room, user) => standing(context, room, user),
    memberships: (user) => memberships(context, user),
    overviews: (user, rooms) => overviews(context, user, rooms),
    addMember: (membership) => addMember(context, membership),
    changeMemberRole: (room, user, role) => changeMemberRole(context, room, user, role),
    removeMember: (room, user) => removeMember(context, room, user),
    members: (room, page) => members(context, room, page),
    moveMarker: (room, user, seq) => moveMarker(context, room, user, seq),

    appendMessage: (draft) => appendMessage(context, draft),
    changeMessage: (room, id, change) => changeMessage(context, room, id, change),
    message: (room, id) => findMessage(context, room, id),
    messagesSince: (room, since, size) => messagesSince(context, room, since, size),
    history: (room, place, size) => history(context, room, place, size),
    revs: (rooms) => revs(context, rooms),

    growMessage: (room, id, growth) => growMessage(context, room, id, growth),
    leaseStream: (room, id, lease) => leaseStream(context, room, id, lease),
    orphans: (before) => orphans(context, before),
    keepVariant: (room, id, variant) => keepVariant(context, room, id, variant),
    variant: (room, id, index) => findVariant(context, room, id, index),
    forgetVariants: (room, id) => forgetVariants(context, room, id),
    summary: (room) => findSummary(context, room),
    keepSummary: (room, summary) => keepSummary(context, room, summary),

    latestMessage: (user, origin, from, until) => latestMessage(context, user, origin, from, until),
    addBroadcast: (broadcast) => addBroadcast(context, broadcast),
    latestBroadcast: (from, until) => latestBroadcast(context, from, until),
  }
}
