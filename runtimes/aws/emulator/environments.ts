import type { Services } from './services.ts'

/** A function failed: threw, ran out of time, or its environment died. */
export class FunctionFailed extends Error {}

export interface EnvironmentFacts {
  readonly id: string
  /** The folder of the function's bundle. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  /** What it asks. */
  readonly services: Services
}

/** One execution environment of a function. */
export interface Environment {
  readonly id: string
  readonly ready: Promise<void>
  /** @throws {FunctionFailed} */
  invoke(event: unknown, remainingMs: number): Promise<unknown>
  /** Ends it in the midst of whatever it does. */
  end(reason: string): void
  /** Ends one that does nothing. */
  release(): void
}

/** What execution environments are made of. */
export interface Environments {
  start(facts: EnvironmentFacts): Environment
  /** How many milliseconds all that runs in them is ahead of the time. */
  setAhead(ms: number): void
}
