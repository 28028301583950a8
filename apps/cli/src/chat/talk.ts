import type { Client, RoomState } from '@parley/client'

/** Something that was asked for, shown apart from what is said. */
export interface Panel {
  readonly title: string
  readonly lines: readonly PanelLine[]
}

/** A line of a panel: what it is about, more on it, and whether it stands out. */
export interface PanelLine {
  readonly label: string
  readonly text: string
  readonly isMarked?: boolean
}

/** A chat in progress, as its commands see it, on a screen or in a pipe. */
export interface Talk {
  readonly client: Client
  /** Keys that do something, where there are any. */
  readonly keys: readonly PanelLine[]
  /** The id of the room one is in at the moment. */
  readonly room: string
  /** Goes to a room that one is a member of. */
  go(room: string): Promise<void> | void
  /** Shows a panel, as it is at each moment. */
  show(panel: () => Panel): void
  /** Says something in a quiet line. */
  say(text: string): void
  /** Puts a text where one writes. */
  compose(text: string): void
  quit(): void
}

/** The room one is in at the moment. */
export const roomOf = ({ client, room }: Talk): RoomState | undefined => client.state.rooms.get(room)
