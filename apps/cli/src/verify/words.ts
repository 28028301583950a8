import type { Message } from '@parley/client'
import type { Down } from '@parley/protocol'
import { messagesIn } from './checks/record.ts'
import type { Entry } from './history.ts'

const short = (text: string): string => {
  const line = JSON.stringify(text)
  return line.length > 50 ? `${line.slice(0, 49)}…` : line
}

const messageWords = ({ id, seq, rev, text, deletedAt, streaming }: Message): string =>
  `${id} seq ${seq} rev ${rev} ${deletedAt ? 'deleted' : short(text)}${streaming ? ' streaming' : ''}`

const frameWords = (frame: Down): string => {
  const messages = messagesIn(frame)
  if (messages.length > 0) return `${frame.type}: ${messages.map(messageWords).join('; ')}`
  if (frame.type === 'delta') return `delta ${frame.id} rev ${frame.rev} at ${frame.at} ${short(frame.text)}`
  if (frame.type === 'welcome') return 'welcome'
  return JSON.stringify(frame).slice(0, 160)
}

const happened = (entry: Entry): string => {
  const { who } = entry
  switch (entry.kind) {
    case 'person':
      return `${who} is ${entry.part}, ${entry.id}`
    case 'entered':
      return `${who} is in ${entry.room}`
    case 'removed':
      return `${who} was removed from ${entry.room}`
    case 'act': {
      const { act, verb, room, id, text, emoji, on } = entry
      const what = text === undefined ? '' : ` ${short(text)}`
      return `${who} asks (${act}) ${verb} ${id} in ${room}${what}${emoji ? ` ${emoji} ${on ? 'on' : 'off'}` : ''}`
    }
    case 'answered':
      return `${who} is answered (${entry.act}) ${messageWords(entry.message)}`
    case 'refused':
      return `${who} is not answered (${entry.act}): ${entry.code}`
    case 'heard':
      return `${entry.socket} hears ${frameWords(entry.frame)}`
    case 'closed':
      return `${entry.socket} is closed by ${entry.by === 'us' ? 'this side' : 'the server'} with ${entry.code}`
    case 'shut':
      return `${who} is ${entry.why}`
    case 'tried':
      return `${who} tries ${entry.what}: ${entry.code}`
    case 'created':
      return `the client of ${entry.device} tells of ${entry.id} as new`
    case 'fault':
      return `fault: ${entry.what}`
    case 'read':
      return `${entry.reader} reads ${entry.room} up to rev ${entry.rev}`
    case 'held':
      return `${entry.reader} holds ${messageWords(entry.message)}`
  }
}

/** One line for each thing that happened, with the seconds since the beginning. */
export const historyLines = (entries: readonly Entry[]): readonly string[] =>
  entries.map((entry) => `${(entry.ms / 1000).toFixed(3).padStart(9)}  ${happened(entry)}`)

export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
