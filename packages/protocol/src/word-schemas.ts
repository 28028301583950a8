import { z } from 'zod'
import { limits } from './limits.ts'
import { once } from './once.ts'

const codePoints = (text: string): number => [...text].length
const invisible = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u
/** Fillers that count as letters and the blank Braille cell are drawn as nothing. */
const visible = /[[\p{L}\p{N}\p{P}\p{S}]--[\p{Default_Ignorable_Code_Point}\u2800]]/v
const notBlank = /[^\s\p{Default_Ignorable_Code_Point}\u2800]/u
/** What a reader would take for a leading `#` or `@`: invisible characters before it and its wide forms do not help. */
const seemsMarked = (name: string): boolean =>
  /^[\s\p{Default_Ignorable_Code_Point}]*[#@]/u.test(name.normalize('NFKC'))
/** Whether a text has nothing that can be read. */
export const isBlank = (text: string): boolean => !notBlank.test(text)
const forbiddenInText = /[^\P{Cc}\n\t]/u
const onePictograph = /^\p{Extended_Pictographic}$/u
const oneSequence = '^\\p{RGI_Emoji}$'
let sequences: RegExp | undefined
/**
 * Whether a text is one emoji. The list of all sequences is asked last, and made only then: as a literal it would take
 * 20 ms of everybody who imports this.
 */
const isEmoji = (text: string): boolean => {
  if (onePictograph.test(text)) return true
  sequences ??= new RegExp(oneSequence, 'v')
  return sequences.test(text)
}

/** A string of at most so many UTF-16 units: `max` alone would count code points. */
export const units = (max: number, error = `at most ${max} UTF-16 units`) =>
  z
    .string()
    .max(max, error)
    .refine((text) => text.length <= max, error)

const line = (max: number) =>
  units(max * 8)
    .transform((text) => text.normalize('NFC').trim())
    .refine((text) => codePoints(text) <= max, `at most ${max} characters`)
    .refine((text) => text.isWellFormed() && !invisible.test(text), 'no control or bidirectional-override characters')

const prose = (max: number, error?: string) =>
  units(max, error).refine(
    (text) => text.isWellFormed() && !forbiddenInText.test(text),
    'no control characters but newline and tab, no lone surrogates',
  )

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const passwordLength = `a password has ${limits.passwordMinUnits} to ${limits.passwordMaxUnits} characters`

/** All words of the wire, each made when it is first asked for. */
export const words = {
  /** A name of a person, guest or bot: made NFC and trimmed, then 1 to 40 code points, visible, without a leading `#` or `@`. */
  Name: once(() =>
    line(limits.nameCharacters)
      .refine((name) => visible.test(name), 'a name needs a visible character')
      .refine((name) => !seemsMarked(name), 'a name does not begin with # or @')
      .meta({ id: 'Name', description: 'A name of a person, guest or bot, 1 to 40 characters, NFC.' }),
  ),
  RoomName: once(() =>
    line(limits.roomNameCharacters)
      .refine((name) => visible.test(name), 'a name needs a visible character')
      .meta({ id: 'RoomName', description: 'A name of a room, 1 to 80 characters, NFC.' }),
  ),
  Topic: once(() =>
    line(limits.topicCharacters).meta({
      id: 'Topic',
      description: 'What a room is about; may be empty.',
    }),
  ),
  /** What people write, but for the rule that it is not blank. */
  SaidText: once(() =>
    prose(limits.textUnits, 'too_large').meta({
      id: 'SaidText',
      description:
        'At most 10,000 UTF-16 units, no control characters but newline and tab; blank only where it is to grow.',
    }),
  ),
  /** What people write: not blank, no control characters but newline and tab, no lone surrogates. */
  Text: once(() =>
    prose(limits.textUnits, 'too_large')
      .refine((text) => !isBlank(text), 'a text is not blank')
      .meta({
        id: 'Text',
        description: 'At most 10,000 UTF-16 units, not blank, no control characters but newline and tab.',
      }),
  ),
  /** What a bot has said so far: may be blank, and longer than what people write. */
  BotText: once(() =>
    prose(limits.botTextUnits, 'too_large').meta({
      id: 'BotText',
      description: 'At most 30,000 UTF-16 units, no control characters but newline and tab.',
    }),
  ),
  /** What an admin tells a bot: may be empty. */
  Instructions: once(() =>
    prose(limits.instructionsUnits).meta({ id: 'Instructions', description: 'At most 4,000 UTF-16 units.' }),
  ),
  ModelName: once(() =>
    units(limits.modelNameUnits)
      .min(1)
      .meta({ id: 'ModelName', description: "A model's name, as the owner of the server gave it." }),
  ),
  Emoji: once(() =>
    z
      .string()
      .max(64)
      .refine(isEmoji, 'one emoji')
      .meta({ id: 'Emoji', description: 'One emoji, as keyboards write it.' }),
  ),
  RoomId: once(() =>
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'a room id is 1 to 64 of a-z 0-9 . _ -, beginning with a letter or digit')
      .brand<'RoomId'>()
      .meta({ id: 'RoomId' }),
  ),
  UserId: once(() =>
    z.string().regex(uuid, 'a user id is a UUID in lower case').brand<'UserId'>().meta({ id: 'UserId' }),
  ),
  /** Chosen by the sender; unique in its room. */
  MessageId: once(() =>
    z.string().regex(uuid, 'a message id is a UUID in lower case').brand<'MessageId'>().meta({ id: 'MessageId' }),
  ),
  /** The server's name for one open socket, or, for a request without one, for nothing. Opaque. */
  ConnectionId: once(() => z.string().min(1).max(128).brand<'ConnectionId'>().meta({ id: 'ConnectionId' })),
  /** A number of a change in its room: 1, 2, 3, without gaps. 0 stands for "before the first". */
  Rev: once(() => z.int().min(0).meta({ id: 'Rev' })),
  /** An instant by the server's clock: ISO 8601, UTC, milliseconds. */
  Instant: once(() => z.iso.datetime().meta({ id: 'Instant' })),
  Ref: once(() => units(limits.refUnits).meta({ id: 'Ref', description: 'Comes back in the answer.' })),
  Password: once(() =>
    units(limits.passwordMaxUnits, passwordLength)
      .refine((password) => password.length >= limits.passwordMinUnits, passwordLength)
      .meta({ id: 'Password', description: 'At least 8 and at most 256 UTF-16 units.' }),
  ),
  RoomRole: once(() => z.enum(['member', 'admin']).meta({ id: 'RoomRole' })),
  /** How a bot's reply came to its end. */
  Ended: once(() => z.enum(['done', 'stopped', 'interrupted', 'failed', 'length']).meta({ id: 'Ended' })),
  /** When bots of this server speak in a room, each including the ones before it. Direct rooms with a bot: `always`. */
  BotSpeaks: once(() => z.enum(['off', 'mentioned', 'replied', 'always']).meta({ id: 'BotSpeaks' })),
  /** Who may ask: all who may write, guests or not; those with an account; the room's admins. */
  BotAsks: once(() => z.enum(['everybody', 'members', 'admins'])),
  /** Who, besides the room's admins, may stop a reply, ask for another and choose among them. */
  BotStops: once(() => z.enum(['asker', 'everybody'])),
}
