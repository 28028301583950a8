/** A line of a file cannot be what it should be. Lines count from 1. */
export class BadLine extends Error {
  readonly line: number
  constructor(line: number, what: string) {
    super(`line ${line}: ${what}`)
    this.name = 'BadLine'
    this.line = line
  }
}
