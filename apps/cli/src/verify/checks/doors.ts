import type { Check, Violation } from './record.ts'

const rules = { banned: ['C4', 4403], 'signed out': ['C3', 4401] } as const

/** Who is banned or signs out has no socket any more, and is told why. */
export const doors: Check = function* ({ entries, heard, closed }): Generator<Violation> {
  for (const shut of entries) {
    if (shut.kind !== 'shut') continue
    const { who, why, at } = shut
    const [rule, code] = rules[why]
    const sockets = new Set(
      heard.filter((one) => one.who === who && one.frame.type === 'welcome').map((one) => one.socket),
    )
    for (const socket of sockets) {
      const end = closed.get(socket)
      if (!end || end.by === 'us') {
        const text = `${who} was ${why}, and ${socket} stayed open.`
        yield { rule, key: `${rule} ${socket}`, text, isLate: true }
        continue
      }
      const bye = heard.find((one) => one.socket === socket && one.frame.type === 'bye')
      const said = bye?.frame.type === 'bye' ? bye.frame.code : end.code
      // A socket that had ended before, with the server, was not closed for this.
      const isBefore = end.at < at && said !== code
      const text = `${who} was ${why}, and ${socket} was closed with ${said}, not ${code}.`
      if (!isBefore && said !== code) yield { rule, key: `${rule} code ${socket}`, text }
    }
  }
}
