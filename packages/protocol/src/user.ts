import { z } from 'zod'
import { UserId } from './words.ts'

/** What a user is: somebody with an account, somebody without, or a program. */
export const UserKind = z.enum(['person', 'guest', 'bot']).meta({ id: 'UserKind' })
export type UserKind = z.infer<typeof UserKind>

/** What a user may on the whole server. Bots are members. */
export const ServerRole = z.enum(['guest', 'member', 'admin', 'owner']).meta({ id: 'ServerRole' })
export type ServerRole = z.infer<typeof ServerRole>

/** A user as everybody may see it. */
export const User = z.object({ id: UserId, name: z.string(), kind: UserKind }).meta({ id: 'User' })
export type User = z.infer<typeof User>

/** A user as it sees itself. */
export const Self = User.extend({ role: ServerRole }).meta({ id: 'Self' })
export type Self = z.infer<typeof Self>

/** A user, and whether a connection of theirs is greeted. */
export const SeenUser = User.extend({ online: z.boolean() }).meta({ id: 'SeenUser' })
export type SeenUser = z.infer<typeof SeenUser>
