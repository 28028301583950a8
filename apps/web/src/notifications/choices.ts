import { type Stored, stored } from '../preferences/stored.ts'

/** What one wants to hear of from a room while one looks elsewhere. */
export const roomChoices = ['all', 'mentions', 'none'] as const
export type RoomChoice = (typeof roomChoices)[number]

const isTrue = (value: unknown): true | undefined => (value === true ? true : undefined)

/** Whether the browser's notifications are wanted; the browser asks its own question besides. */
export const wantsNotifications: Stored<boolean> = stored<boolean>('parley-notify', false, isTrue)

export const wantsSound: Stored<boolean> = stored<boolean>('parley-sound', false, isTrue)

type Choices = Readonly<Record<string, RoomChoice>>
const nothingChosen: Choices = {}

const readChoices = (json: unknown): Choices | undefined =>
  typeof json === 'object' && json !== null
    ? Object.fromEntries(
        Object.entries(json).flatMap(([room, value]) => {
          const choice = roomChoices.find((known) => known === value)
          return choice ? [[room, choice]] : []
        }),
      )
    : undefined

/** What was chosen for single rooms, by their ids; mentions are told of where nothing was chosen. */
export const chosenForRooms: Stored<Choices> = stored<Choices>('parley-notify-rooms', nothingChosen, readChoices)

export const choiceOf = (choices: Choices, room: string): RoomChoice => choices[room] ?? 'mentions'
