import type { Command } from '../command.ts'
import type { Execute } from '../outcome.ts'
import { addAccount, changeAccount, listAccounts } from './accounts.ts'
import { beGuest } from './be-guest.ts'
import { beginReply, keepReply } from './begin-reply.ts'
import { addAssistant, addBot, changeBot, listBots, listModels, makeBotToken, seeRoomBot } from './bots.ts'
import { broadcast } from './broadcast.ts'
import { beginCatchUp, catchUp, tellNote } from './catch-up.ts'
import { deleteMessage, editMessage, reactToMessage } from './change-message.ts'
import { createRoom } from './create-room.ts'
import { directRoom } from './direct-room.ts'
import { findUsers } from './find-users.ts'
import { endReply, finishMessage, growMessage, growReply } from './grow-reply.ts'
import { addHook, callHook, listHooks, removeHook } from './hooks.ts'
import { inviteMember } from './invite-member.ts'
import { joinRoom } from './join-room.ts'
import { leaveRoom, removeMember } from './leave-room.ts'
import { becomeOwner, makePasswordLink, offerOwnership, usePasswordLink } from './links.ts'
import { listConnections } from './list-connections.ts'
import { listMembers } from './list-members.ts'
import { listRooms } from './list-rooms.ts'
import { moveMarker } from './move-marker.ts'
import { ping } from './ping.ts'
import { listMessages, readHistory, syncRoom } from './read-messages.ts'
import { goBy, rename } from './rename.ts'
import { seeRoom } from './see-room.ts'
import { relayMessage, sendMessage } from './send-message.ts'
import { authenticate, changePassword, makeTicket, redeemTicket, renew, signOut, whoami } from './sessions.ts'
import { setRoom } from './set-room.ts'
import { signIn } from './sign-in.ts'
import { retryReply, showVariant, stopReply } from './steer-reply.ts'
import { keepSummary, recallSummary } from './summaries.ts'
import { typing } from './typing.ts'
import { listUsage, recordUsage, seeReplyUsage } from './usage.ts'
import { announce, knowsAccount, listCompany, readSaid, resume, visit, visitRoom } from './visits.ts'

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
  stop: stopReply,
  retry: retryReply,
  variant: showVariant,
  catchup: catchUp,
  delta: growMessage,
  finish: finishMessage,
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
  'see-room': seeRoom,
  'make-password-link': makePasswordLink,
  'use-password-link': usePasswordLink,
  'offer-ownership': offerOwnership,
  'become-owner': becomeOwner,
  'list-bots': listBots,
  'add-bot': addBot,
  'change-bot': changeBot,
  'make-bot-token': makeBotToken,
  'add-assistant': addAssistant,
  'see-room-bot': seeRoomBot,
  'list-models': listModels,
  'list-hooks': listHooks,
  'add-hook': addHook,
  'remove-hook': removeHook,
  'call-hook': callHook,
  'list-usage': listUsage,
  'see-reply-usage': seeReplyUsage,
  'record-usage': recordUsage,
  'begin-reply': beginReply,
  'keep-reply': keepReply,
  'grow-reply': growReply,
  'end-reply': endReply,
  'begin-catchup': beginCatchUp,
  'tell-note': tellNote,
  'recall-summary': recallSummary,
  'keep-summary': keepSummary,
  relay: relayMessage,
  visit,
  'visit-room': visitRoom,
  'go-by': goBy,
  'read-said': readSaid,
  'list-company': listCompany,
  announce,
  'knows-account': knowsAccount,
  resume,
}
