/** `Date`, put ahead by the milliseconds that stand in `ahead`, which another thread may write. */
export const aheadDate = (ahead: Float64Array): DateConstructor => {
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
  return AheadDate as DateConstructor
}
