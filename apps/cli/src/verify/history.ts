import type { Message } from '@parley/client'
import type { Down } from '@parley/protocol'

/** What somebody is in the play. */
export type Part = 'writer' | 'bot' | 'witness' | 'stranger' | 'removed' | 'banned' | 'signed out'

/** By which way a room was read: over HTTP, over a plain socket, or out of a client's state. */
export type Way = 'http' | 'history' | 'sync' | 'client'

/** `reply`: what a bot says bit by bit; its `text` is the whole of it. */
export type Verb = 'send' | 'edit' | 'delete' | 'react' | 'reply'

/** What happened. `who` is a person of the play, `socket` one connection, `reader` one reading of a room. */
type Happened =
  | { readonly kind: 'person'; readonly who: string; readonly id: string; readonly part: Part }
  /** Was answered that one is in a room, or no longer. */
  | { readonly kind: 'entered' | 'removed'; readonly who: string; readonly room: string }
  | {
      readonly kind: 'act'
      readonly who: string
      readonly act: number
      readonly verb: Verb
      readonly room: string
      readonly id: string
      /** What was said; undefined where it is not known before. */
      readonly text?: string
      readonly emoji?: string
      readonly on?: boolean
      /** Of which client: its messages keep their order. */
      readonly device?: string
    }
  | { readonly kind: 'answered'; readonly who: string; readonly act: number; readonly message: Message }
  /** Also what was not answered: it may have been done or not. */
  | { readonly kind: 'refused'; readonly who: string; readonly act: number; readonly code: string }
  | { readonly kind: 'heard'; readonly who: string; readonly socket: string; readonly frame: Down }
  | {
      readonly kind: 'closed'
      readonly who: string
      readonly socket: string
      readonly code: number
      readonly by: 'server' | 'us'
    }
  /** Was answered that somebody's sockets are to be closed. */
  | { readonly kind: 'shut'; readonly who: string; readonly why: 'banned' | 'signed out' }
  /** Something that must be refused, and how it was: `done` if it was not. */
  | {
      readonly kind: 'tried'
      readonly who: string
      readonly what: string
      readonly code: string
      readonly allowed: readonly string[]
    }
  /** The library told of a message as new. */
  | {
      readonly kind: 'created'
      readonly who: string
      readonly device: string
      readonly room: string
      readonly id: string
    }
  | { readonly kind: 'fault'; readonly who: string; readonly what: string }
  /** In the end a room was read whole, with these facts if they were told. What it held follows. */
  | {
      readonly kind: 'read'
      readonly who: string
      readonly reader: string
      readonly way: Way
      readonly room: string
      readonly rev: number
      readonly facts?: object
    }
  | {
      readonly kind: 'held'
      readonly who: string
      readonly reader: string
      readonly room: string
      readonly message: Message
    }

/** `at`: its place among all that happened, from 1; `ms` since the beginning. */
export type Entry = Happened & { readonly at: number; readonly ms: number }
export type EntryOf<K extends Entry['kind']> = Extract<Entry, { readonly kind: K }>

/** Writes down what happens, in the order in which it came to be known here. */
export interface Journal {
  /** When it began, in milliseconds of the process's clock. */
  readonly began: number
  readonly entries: readonly Entry[]
  note(what: Happened): Entry
  /** Writes down that something is asked for, under a new number. */
  act(what: Omit<Extract<Happened, { kind: 'act' }>, 'kind' | 'act'>): number
  /** Rooms of the play: nothing that is said elsewhere is written down. */
  readonly rooms: Set<string>
  /** Writes down a frame as it came from the server, unless it is about something else. */
  heard(who: string, socket: string, text: string): readonly Down[]
}

export const parseFrames = (text: string): readonly Down[] => {
  try {
    const value: unknown = JSON.parse(text)
    return (Array.isArray(value) ? value : [value]) as Down[]
  } catch {
    return []
  }
}

/** @param began when what it is about began; now, if left out */
export const createJournal = (began = performance.now()): Journal => {
  const entries: Entry[] = []
  const rooms = new Set<string>()
  let acts = 0
  const note = (what: Happened): Entry => {
    const entry = { ...what, at: entries.length + 1, ms: Math.round(performance.now() - began) } as Entry
    entries.push(entry)
    return entry
  }
  const concerns = (frame: Down): boolean => {
    if (frame.type === 'welcome' || frame.type === 'bye') return true
    const text = JSON.stringify(frame)
    for (const room of rooms) if (text.includes(room)) return true
    return false
  }
  return {
    began,
    entries,
    note,
    rooms,
    act: (what) => {
      acts += 1
      note({ kind: 'act', act: acts, ...what })
      return acts
    },
    heard: (who, socket, text) => {
      const frames = parseFrames(text)
      for (const frame of frames) if (concerns(frame)) note({ kind: 'heard', who, socket, frame })
      return frames
    },
  }
}
