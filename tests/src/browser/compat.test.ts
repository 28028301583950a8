import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { atEnd } from '../harness/at-end.ts'
import { newRoomId, nodeWorld } from '../harness/world.ts'
import { openBrowser } from './find-browser.ts'

const { deployment, account } = await nodeWorld({ PARLEY_COMPAT: 'on' })
const eve = await account('member')

/** An empty page at another address: what it asks is asked from elsewhere. */
const elsewhere = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
  response.end('<!doctype html><title>An older page</title><div id="box" contenteditable></div><div id="shown"></div>')
})
await new Promise<void>((resolve) => {
  elsewhere.listen(0, '127.0.0.1', resolve)
})
atEnd(async () => {
  elsewhere.closeAllConnections()
  elsewhere.close()
})
const browser = await openBrowser()
atEnd(() => browser.close())
const page = await browser.newPage()
await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`)

/** What a page at another address gets when it asks. */
const ask = (path: string, init: object): Promise<{ readonly status: number; readonly text: string }> =>
  page.evaluate(
    async ([url, how]) => {
      const answer = await fetch(url, how)
      return { status: answer.status, text: await answer.text() }
    },
    [`${deployment.url}/compat${path}`, init] as const,
  )
const json = (method: string, body: object, headers: object = {}) => ({
  method,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

test('pages at other addresses may sign in, put, get and broadcast, as a browser asks before', async () => {
  const { name } = eve.user
  const signingIn = json('POST', { username: name, password: eve.password }, { 'Access-Control-Allow-Origin': '*' })
  expect(JSON.parse((await ask('/prompt/login', signingIn)).text)).toMatchObject({ isAuthorized: true })
  const said = { room_id: newRoomId(), text: 'hello', user_id: 7, name: 'name' }
  expect(await ask('/rooms/chat', json('PUT', said))).toEqual({ status: 200, text: '[]' })
  expect(JSON.parse((await ask(`/rooms/chat?room_id=${said.room_id}`, {})).text)).toMatchObject([{ message: 'hello' }])
  expect(await ask('/rooms/chat', json('PUT', {}))).toMatchObject({ status: 400 })
  expect(await ask('/broadcast/broadcastmessage', json('POST', { Message: 'news' }))).toEqual({
    status: 200,
    text: '{"statusCode": 200}',
  })
})

test('they open the socket that the configuration names', async () => {
  const { server } = JSON.parse((await ask('/lambdasharp/config.json', {})).text)
  const first = await page.evaluate(
    (address) =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`${address}?username=Bob`)
        socket.onmessage = ({ data }) => resolve(data)
        socket.onerror = () => reject(new Error('the socket failed'))
      }),
    server,
  )
  expect(first).toBe('{"action":"message","from":"#host","text":"Bob joined"}')
})

test('what is typed into an input box comes back as the browser wrote it, and shows the same', async () => {
  const room = newRoomId()
  const typed: string[] = []
  for (const keys of ['a & b < c > d "e"', 'one\ntwo', 'two  blanks, a tab\tand more', 'Grüße 👋 \u00a0']) {
    await page.locator('#box').fill('')
    for (const [index, line] of keys.split('\n').entries()) {
      if (index > 0) await page.keyboard.press('Enter')
      await page.keyboard.insertText(line)
    }
    const html = await page.evaluate<string>('document.querySelector("#box").innerHTML')
    typed.push(html)
    await ask('/rooms/chat', json('PUT', { room_id: room, text: html, user_id: 7, name: 'name' }))
  }
  const rows = JSON.parse((await ask(`/rooms/chat?room_id=${room}`, {})).text) as { message: string }[]
  expect(rows.map(({ message }) => message)).toEqual(typed)
})

/** What a page then holds that shows some HTML. */
interface Shown {
  readonly html: string
  readonly tags: readonly string[]
  readonly attributes: readonly string[]
}
const show = `(html) => {
  const place = document.querySelector('#shown')
  place.innerHTML = html
  const elements = [...place.querySelectorAll('*')]
  return {
    html: place.innerHTML,
    tags: elements.map(({ localName }) => localName),
    attributes: elements.flatMap((element) => element.getAttributeNames()),
  }
}`

test('what comes back runs nothing, and is what the browser makes of it', async () => {
  const room = newRoomId()
  const attacks = [
    '<img src=x onerror="window.hit=1">',
    '<svg><script>window.hit=1</script></svg>a',
    '<math><mi//xlink:href="data:x,<script>window.hit=1</script>">b',
    '<b onmouseover=window.hit=1 autofocus tabindex=1 onfocus=window.hit=1>c</b>',
    '<iframe srcdoc="<script>parent.hit=1</script>"></iframe>d',
    '<noscript><p title="</noscript><img src=x onerror=window.hit=1>">e',
    '<style><img src=x onerror=window.hit=1></style>f',
    '<<script>window.hit=1</script>g',
    '<a href="javascript:window.hit=1">h</a><form><button formaction=javascript:1>i',
    '&lt;img src=x onerror=window.hit=1&gt;',
    '<p><div><p>j</div><b>k<i>l</b>m',
  ]
  for (const text of attacks) await ask('/rooms/chat', json('PUT', { room_id: room, text, user_id: 7, name: 'name' }))
  const rows = JSON.parse((await ask(`/rooms/chat?room_id=${room}`, {})).text) as { message: string }[]
  expect(rows).toHaveLength(attacks.length - 1)
  for (const { message } of rows) {
    const shown = await page.evaluate<Shown>(`(${show})(${JSON.stringify(message)})`)
    expect(shown.html).toBe(message)
    expect(shown.attributes).toEqual([])
    for (const tag of shown.tags) expect(['b', 'br', 'div', 'i', 'p', 'span', 'u']).toContain(tag)
  }
  expect(await page.evaluate(() => 'hit' in globalThis)).toBe(false)
})
