import { closeLeftRecords, closeRecord, openRecord, renewRecord } from './connection-acts.ts'
import { addJobs, removeJob } from './job-acts.ts'
import { addBroadcast, appendMessage, changeMessage } from './message-acts.ts'
import { probe } from './probe.ts'
import { forgetVariants, growMessage, keepSummary, keepVariant, leaseStream } from './reply-acts.ts'
import { addMember, changeMemberRole, changeRoom, createRoom, moveMarker, removeMember } from './room-acts.ts'
import { addUsage } from './usage-acts.ts'
import {
  addSession,
  addTicket,
  addUser,
  changeUser,
  endSession,
  endSessionsOf,
  redeemTicket,
  renewSession,
} from './user-acts.ts'
import type { Writing } from './writing.ts'

/** Everything that writes. Each act runs inside the transaction of its group, and throws when it cannot be done. */
export const acts = {
  addUser,
  changeUser,
  addSession,
  renewSession,
  endSession,
  endSessionsOf,
  addTicket,
  redeemTicket,
  createRoom,
  changeRoom,
  addMember,
  changeMemberRole,
  removeMember,
  moveMarker,
  appendMessage,
  changeMessage,
  growMessage,
  leaseStream,
  keepVariant,
  forgetVariants,
  keepSummary,
  addBroadcast,
  addUsage,
  addJobs,
  removeJob,
  openRecord,
  renewRecord,
  closeRecord,
  closeLeftRecords,
  probe,
} as const

type Acts = typeof acts
export type ActName = keyof Acts
export type Input<A extends ActName> = Parameters<Acts[A]>[1]
export type Output<A extends ActName> = ReturnType<Acts[A]>

/** An act to be done, as plain data. */
export type Order = { [A in ActName]: { readonly act: A; readonly input: Input<A> } }[ActName]

export const perform = (writing: Writing, { act, input }: Order): unknown =>
  (acts[act] as (writing: Writing, input: unknown) => unknown)(writing, input)
