/** Puts the clock of this thread ahead, by the milliseconds that another thread writes down in `ahead`. */
export const putAhead = (ahead: Float64Array): void => {
  const RealDate = Date
  const now = (): number => RealDate.now() + (ahead[0] ?? 0)
  class AheadDate extends RealDate {
    constructor(...given: unknown[]) {
      super(...((given.length === 0 ? [now()] : given) as [number]))
    }
    static override now(): number {
      return now()
    }
  }
  globalThis.Date = AheadDate as DateConstructor
}
