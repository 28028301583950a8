/**
 * The frames that wait for one socket, as a chain that sockets share: those that are sent the same frames in the same
 * order hold the same run, so that its bytes are joined once for all of them.
 */
export interface Run {
  readonly before: Run | undefined
  readonly frame: Buffer
  /** How many frames, this one included. */
  readonly length: number
  /** The run that the last socket went on with; the next one most likely goes on with the same. */
  next: Run | undefined
  joined: Buffer | undefined
}

const runOf = (before: Run | undefined, frame: Buffer, length: number): Run => ({
  before,
  frame,
  length,
  next: undefined,
  joined: undefined,
})

/** A run without a frame, for all to begin with. */
export const emptyRun = (): Run => runOf(undefined, Buffer.alloc(0), 0)

/** The run that goes on with one frame more. */
export const extend = (run: Run, frame: Buffer): Run => {
  if (run.next?.frame === frame) return run.next
  run.next = runOf(run, frame, run.length + 1)
  return run.next
}

/** All frames of a run in one piece. */
export const joined = (run: Run): Buffer => {
  if (run.length === 1) return run.frame
  if (run.joined) return run.joined
  const frames: Buffer[] = new Array(run.length)
  for (let at: Run | undefined = run; at && at.length > 0; at = at.before) frames[at.length - 1] = at.frame
  run.joined = Buffer.concat(frames)
  return run.joined
}
