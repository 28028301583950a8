/**
 * Preloaded into a server under test with `--expose-gc --import`: on SIGUSR2 it collects garbage and says how much memory
 * is held, as one line on standard error.
 */
process.on('SIGUSR2', () => {
  for (let time = 0; time < 3; time++) globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  process.stderr.write(`memory ${JSON.stringify({ rss, held: heapUsed + external })}\n`)
})
