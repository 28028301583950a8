import type { CDPSession, Page } from 'playwright-core'

/** What a browser tells of while it is traced; times in microseconds. */
interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly dur?: number
  /** Of that, what the processor worked on it. */
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

/** The tasks of a page's main thread, in ms. */
export interface Tasks {
  /** By the clock: also what other programs took meanwhile. */
  readonly longest: number
  readonly over50: number
  /** By the processor: what the page itself took, however busy the machine is. */
  readonly longestCpu: number
  readonly over50Cpu: number
}

const traced = async (session: CDPSession, act: () => Promise<unknown>): Promise<readonly TraceEvent[]> => {
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'] },
  })
  await act()
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await complete
  return events
}

const round = (microseconds: number): number => Math.round(microseconds / 1_000)

/** Measures the tasks of a page while something is done in it. */
export const watchTasks = async (page: Page, act: () => Promise<unknown>): Promise<Tasks> => {
  const session = await page.context().newCDPSession(page)
  const events = await traced(session, act)
  await session.detach()
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`
  const isMain = new Set(events.filter(({ args }) => args.name === 'CrRendererMain').map(threadOf))
  const tasks = events.filter(
    (event) => event.ph === 'X' && event.name.endsWith('RunTask') && isMain.has(threadOf(event)),
  )
  const longest = (times: readonly (number | undefined)[]): number =>
    round(Math.max(0, ...times.map((time) => time ?? 0)))
  const over50 = (times: readonly (number | undefined)[]): number => times.filter((time) => (time ?? 0) > 50_000).length
  const [clock, cpu] = [tasks.map(({ dur }) => dur), tasks.map(({ tdur }) => tdur)]
  return { longest: longest(clock), over50: over50(clock), longestCpu: longest(cpu), over50Cpu: over50(cpu) }
}
