/** What `accept` makes of the rows of some pages, in their order, until there are `limit`; it may drop some. */
export const collect = async <R, V>(
  pages: AsyncIterable<readonly R[]>,
  limit: number,
  accept: (rows: readonly R[]) => Promise<readonly V[]> | readonly V[],
): Promise<V[]> => {
  const found: V[] = []
  for await (const rows of pages) {
    if (rows.length > 0) found.push(...(await accept(rows)))
    if (found.length >= limit) break
  }
  return found.slice(0, limit)
}
