import type { Command } from '../command.ts'
import type { Execute } from '../outcome.ts'
import { addAccount, changeAccount, listAccounts } from './accounts.ts'
import { beGuest } from './be-guest.ts'
import { broadcast } from './broadcast.ts'
import { deleteMessage, editMessage, reactToMessage } from './change-message.ts'
import { createRoom } from './create-room.ts'
import { directRoom } from './direct-room.ts'
import { findUsers } from './find-users.ts'
import { inviteMember } from './invite-member.ts'
import { joinRoom } from './join-room.ts'
import { leaveRoom, removeMember } from './leave-room.ts'
import { listConnections } from './list-connections.ts'
import { listMembers } from './list-members.ts'
import { listRooms } from './list-rooms.ts'
import { moveMarker } from './move-marker.ts'
import { ping } from './ping.ts'
import { listMessages, readHistory, syncRoom } from './read-messages.ts'
import { rename } from './rename.ts'
import { sendMessage } from './send-message.ts'
import { authenticate, changePassword, makeTicket, redeemTicket, renew, signOut, whoami } from './sessions.ts'
import { setRoom } from './set-room.ts'
import { signIn } from './sign-in.ts'
import { typing } from './typing.ts'

/** Everything that can be asked of Parley, and who does it. */
export const commands: { readonly [A in Command['action']]: Execute<A> } = {
  send: sendMessage,
  edit: editMessage,
  delete: deleteMessage,
  react: reactToMessage,
  sync: syncRoom,
  history: readHistory,
  create: createRoom,
  join: joinRoom,
  leave: leaveRoom,
  invite: inviteMember,
  remove: removeMember,
  set: setRoom,
  members: listMembers,
  direct: directRoom,
  read: moveMarker,
  typing,
  rename,
  broadcast,
  ping,
  'sign-in': signIn,
  'be-guest': beGuest,
  authenticate,
  renew,
  'sign-out': signOut,
  'make-ticket': makeTicket,
  'redeem-ticket': redeemTicket,
  whoami,
  'change-password': changePassword,
  'list-rooms': listRooms,
  'list-messages': listMessages,
  'find-users': findUsers,
  'list-connections': listConnections,
  'list-accounts': listAccounts,
  'add-account': addAccount,
  'change-account': changeAccount,
}
