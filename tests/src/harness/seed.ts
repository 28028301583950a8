/** What chance begins with; `PARLEY_TEST_SEED` repeats a run. */
export const seed = Number(process.env.PARLEY_TEST_SEED ?? Date.now() % 2 ** 31)
console.info(`seed ${seed} (PARLEY_TEST_SEED=${seed} repeats this run)`)
