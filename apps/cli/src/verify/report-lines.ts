import { checkNames } from './judge.ts'
import type { Report } from './report.ts'
import { counted } from './words.ts'

const mostHistory = 40

const faultWords = (faults: Report['faults']): string => {
  const words = Object.entries(faults)
    .sort(([, one], [, other]) => other - one)
    .map(([what, count]) => `${count} ${what}`)
  return words.length > 0 ? words.join(', ') : 'none'
}

const bad = ({ violations, history }: Report): string[] => {
  const shown = history.slice(0, mostHistory)
  const more = history.length - shown.length
  return [
    `${counted(violations.length, 'promise')} broken:`,
    ...violations
      .slice(0, 10)
      .map(({ rule, text, room, id }) => `  ${rule}: ${text}${room ? ` (${room}${id ? ` ${id}` : ''})` : ''}`),
    ...(violations.length > 10 ? [`  and ${violations.length - 10} more`] : []),
    '',
    'The shortest history that shows the first of them (seconds):',
    ...shown,
    ...(more > 0 ? [`  and ${more} more`] : []),
  ]
}

/** What was found, for who reads it. */
export const reportLines = (report: Report): readonly string[] => {
  const { messages, changes, unanswered, frames, clients, seconds, restarts, faults, violations, unchecked } = report
  return [
    `${counted(messages, 'message')} and ${changes - messages} other changes of ${counted(clients, 'client')} were answered in ${seconds} s, ${unanswered} were not; ${frames} frames were heard.`,
    `Faults: ${faultWords(faults)}; ${counted(restarts, 'restart')} of the server.`,
    '',
    ...(violations.length > 0 ? bad(report) : ['All of this holds:', ...checkNames.map((name) => `  ${name}`)]),
    ...(unchecked.length > 0 ? ['', 'Not checked:', ...unchecked.map((what) => `  ${what}`)] : []),
    '',
    'What remains there, since nothing is ever deleted:',
    ...report.remains.map((what) => `  ${what}`),
    '',
    `${violations.length > 0 ? 'BROKEN' : 'Verified'}: ${report.server} as ${report.as}, --seed ${report.seed}`,
  ]
}
