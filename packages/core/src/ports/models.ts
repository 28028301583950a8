/** The models that the owner of the server has named. */
export interface Models {
  /** The first is the one that speaks where none is chosen. */
  readonly names: readonly string[]
  /** Whether any of them is more than the one that says how to configure one. */
  readonly configured: boolean
}
