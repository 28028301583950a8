const atOnce = 32

const guestToken = async (url: string, name: string): Promise<string> => {
  const response = await fetch(`${url}/api/guests`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name }),
  })
  if (response.status !== 201) throw new Error(`POST /api/guests: ${response.status} ${await response.text()}`)
  return ((await response.json()) as { token: string }).token
}

/** Makes so many guests of a Parley server, all members of `general`; their tokens. */
export const guestTokens = async (url: string, count: number): Promise<readonly string[]> => {
  const tokens: string[] = new Array(count)
  let next = 0
  const makeSome = async (): Promise<void> => {
    while (next < count) {
      const index = next++
      tokens[index] = await guestToken(url, `guest ${index}`)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, makeSome))
  return tokens
}
