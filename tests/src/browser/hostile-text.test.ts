import '../../../apps/web/build/fresh.ts'
import { asGuest, createClient, signIn } from '@parley/client'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { visitors } from './visitors.ts'

const { guest, deployment, complaints } = await visitors()
const owner = { username: 'Mira', password: 'rye and spelt' }
await deployment.addAccount(owner.username, 'owner', owner.password)

/** Each would call `hurt()` if anything of it were run. */
const corpus: readonly string[] = [
  '<script>hurt()</script>',
  '<img src=x onerror=hurt()>',
  '<svg onload=hurt()>',
  '<svg><script>hurt()</script></svg>',
  '<svg><animate onbegin=hurt() attributeName=x dur=1s>',
  '<iframe src="javascript:hurt()"></iframe>',
  '<iframe srcdoc="<script>parent.hurt()</script>"></iframe>',
  '<object data="javascript:hurt()"></object>',
  '<embed src="data:text/html,<script>hurt()</script>">',
  '<details open ontoggle=hurt()>open</details>',
  '<input autofocus onfocus=hurt()>',
  '<video><source onerror=hurt()></video>',
  '<body onload=hurt()>',
  '<link rel=stylesheet href="https://elsewhere.example/a.css">',
  '<style>@import "https://elsewhere.example/a.css"</style>',
  '<meta http-equiv=refresh content="0;url=javascript:hurt()">',
  '<base href="https://elsewhere.example/">',
  '<form action="javascript:hurt()"><button>send</button></form>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=hurt()>',
  '"><img src=x onerror=hurt()>',
  '[link](javascript:hurt())',
  '[link](JaVaScRiPt:hurt())',
  '[link](java\u0009script:hurt())',
  '[link](&#106;avascript:hurt())',
  '[link](vbscript:hurt())',
  '[link](data:text/html,<script>hurt()</script>)',
  '[link](blob:https://elsewhere.example/1)',
  '[link]: javascript:hurt()\n[link]',
  '<javascript:hurt()>',
  '[safe](https://elsewhere.example/page "\\" onmouseover=\\"hurt()")',
  'https://elsewhere.example/"onmouseover="hurt()',
  '![image](javascript:hurt())',
  '![image](data:image/svg+xml,<svg onload=hurt()>)',
  '![image](http://elsewhere.example/plain.png)',
  '![image](https://elsewhere.example/tracker.png)',
  '![image](//elsewhere.example/tracker.png)',
  '[![image](https://elsewhere.example/tracker.png)](https://elsewhere.example/)',
  '```html\n<script>hurt()</script>\n```',
  '```"><img src=x onerror=hurt()>\ncode\n```',
  '| <img src=x onerror=hurt()> |\n| --- |\n| [cell](javascript:hurt()) |',
  '- [ ] <img src=x onerror=hurt()>',
  '@<img src=x onerror=hurt()> {{hurt()}} %3Cscript%3Ehurt()%3C/script%3E',
  '[^1]\n\n[^1]: <img src=x onerror=hurt()>',
]

/** The rest of it: a page of history holds no more. */
const more: readonly string[] = [
  '<svg><use href="data:image/svg+xml,<svg id=x onload=hurt()>#x"></use></svg>',
  '<svg><a xlink:href="javascript:hurt()"><text>click</text></a></svg>',
  '<math href="javascript:hurt()">click</math>',
  '<math><annotation-xml encoding="text/html"><script>hurt()</script></annotation-xml></math>',
  '<a href="javascript:hurt()">click</a>',
  '<button formaction="javascript:hurt()" popovertarget=x>click</button>',
  '<template><script>hurt()</script></template><noscript><img src=x onerror=hurt()></noscript>',
  '<img srcset="https://elsewhere.example/a.png 1x" loading=eager>',
  '<audio src="https://elsewhere.example/a.mp3" autoplay></audio>',
  '<portal src="https://elsewhere.example/"></portal><dialog open>dialog</dialog>',
  '[link](javascript&colon;hurt())',
  '[link](<javascript:hurt()>)',
  '[link](//elsewhere.example/page)',
  '[link](file:///etc/passwd)',
  '[link](view-source:https://elsewhere.example/)',
  '[link](data:text/html;base64,PHNjcmlwdD5odXJ0KCk8L3NjcmlwdD4=)',
  '![image](vbscript:hurt())',
  '![image](blob:https://elsewhere.example/1)',
  '<vbscript:hurt()> <data:text/html,hurt()> <mailto:a@b.example?subject=x>',
  'www.elsewhere.example/"onclick="hurt() javascript:hurt() data:text/html,hurt()',
  'http://user:password@elsewhere.example:8080/?x=<script>hurt()</script>',
  '[https://bank.example](https://elsewhere.example/)',
  '\u202ehttps://elsewhere.example/gpj.exe\u202c reads backwards \u2066\u2067\u2069',
]

/** Each took a page seconds to draw, or broke it. */
const bombs: readonly string[] = [
  `x${'\u202e'.repeat(3_000)}x`,
  'Z\u0351\u0352\u0353'.repeat(800),
  '\u{1f468}\u200d'.repeat(2_000),
  '> '.repeat(5_000),
  '>'.repeat(9_999),
  `${'*'.repeat(5_000)}a${'*'.repeat(4_999)}`,
  '_*'.repeat(5_000),
  'a\n-\n'.repeat(2_500),
  `www.a.example/${'.'.repeat(9_900)}a`,
  `x${'\n'.repeat(9_998)}x`,
  '[![a]('.repeat(1_600),
  '| a '.repeat(2_400),
  '@'.repeat(9_999),
]
const names = ['<img src=x onerror=hurt()>', '"><svg onload=hurt()>', 'javascript:hurt()']

const fill = async (): Promise<void> => {
  const mira = createClient({ server: deployment.url, session: await signIn(deployment.url, owner) })
  await mira.start()
  await mira.set('general', { topic: corpus[0] ?? '' })
  for (const [place, name] of names.entries()) {
    await mira.create(`trap-${place}`, { kind: 'public', name })
    await mira.set(`trap-${place}`, { topic: corpus[place + 1] ?? '' })
    const visitor = createClient({ server: deployment.url, session: await asGuest(deployment.url, name) })
    await visitor.start()
    const { id } = await visitor.send('general', corpus[place] ?? '').stored
    await mira.send('general', `answer to ${name}`, id).stored
    visitor.stop()
  }
  for (const text of corpus) await mira.send('general', text).stored
  await mira.send('general', 'the end of the corpus').stored
  for (const [room, texts] of Object.entries({ more, bombs })) {
    await mira.create(room, { kind: 'public' })
    for (const text of [...texts, `the end of ${room}`]) await mira.send(room, text).stored
  }
  mira.stop()
}

/** What would be seen of something that was run or loaded. */
const watch = (page: Page): { readonly foreign: string[]; readonly dialogs: string[]; readonly popups: string[] } => {
  const seen = { foreign: [] as string[], dialogs: [] as string[], popups: [] as string[] }
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.origin !== deployment.url && !['data:', 'blob:'].includes(url.protocol)) seen.foreign.push(url.href)
  })
  page.on('dialog', (dialog) => {
    seen.dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  page.on('popup', (popup) => seen.popups.push(popup.url()))
  return seen
}

/** Looks at all messages on a page for what is neither text nor a harmless link. */
const inspect = async (page: Page, messages: number): Promise<void> => {
  const drawn = await page.locator('article[data-message]').count()
  expect(drawn).toBe(messages)

  const strange = `Array.from(
    document.querySelectorAll('.prose :is(script, iframe, object, embed, math, form, style, link, meta, video, input, img)'),
    ({ outerHTML }) => outerHTML,
  )`
  expect(await page.evaluate(strange)).toEqual([])
  expect(await page.locator('.prose svg').count()).toBe(await page.locator('.prose button svg').count())
  const handlers = `Array.from(document.querySelectorAll('*'))
    .flatMap((element) => Array.from(element.attributes, ({ name }) => name))
    .filter((name) => name.startsWith('on'))`
  expect(await page.evaluate(handlers)).toEqual([])

  const bidi = `Array.from(document.querySelectorAll('.prose'), (one) => getComputedStyle(one).unicodeBidi)`
  for (const way of await page.evaluate<string[]>(bidi)) expect(way).toMatch(/^(?:isolate|plaintext)/)

  const links = await page.evaluate<{ href: string; rel: string }[]>(
    `Array.from(document.querySelectorAll('.prose a'), (one) => ({ href: one.href, rel: one.rel }))`,
  )
  expect(links.length).toBeGreaterThan(3)
  for (const { href, rel } of links) {
    expect(href).toMatch(/^(?:$|https?:\/\/|mailto:)/)
    expect(rel.split(' ')).toEqual(expect.arrayContaining(['noopener', 'noreferrer']))
  }
}

test('nothing that people write, or are called, is run or loaded', async () => {
  await fill()
  const { page, context } = await guest('Ana', '/r/trap-0', { viewport: { width: 1280, height: 6_000 } })
  await context.addInitScript(`
    window.hurts = 0
    window.hurt = () => { window.hurts += 1 }
    window.violations = []
    document.addEventListener('securitypolicyviolation', (event) => {
      window.violations.push(event.violatedDirective + ' ' + event.blockedURI)
    })`)
  const seen = watch(page)
  await page.reload()
  await page
    .getByRole('heading', { name: names[0] ?? '' })
    .first()
    .waitFor()
  await page.goto(`${deployment.url}/r/general?pane=details`)
  await page.getByText('the end of the corpus').waitFor()
  await page.waitForLoadState('networkidle')
  await inspect(page, corpus.length + 2 * names.length + 1)
  await page.goto(`${deployment.url}/r/more`)
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByText('the end of more').waitFor()
  await inspect(page, more.length + 1)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Go to a room or person' }).fill('hurt')
  await page.getByRole('listbox').getByRole('option').first().waitFor()
  await page.keyboard.press('Escape')
  await page.locator('#composer').pressSequentially('@')
  await page.getByRole('listbox').getByRole('option').first().waitFor()

  expect(await page.evaluate('[window.hurts, window.violations]')).toEqual([0, []])
  expect(seen).toEqual({ foreign: [], dialogs: [], popups: [] })
  expect(complaints).toEqual([])
})

test('nothing that people write makes the page stand still, or breaks it', async () => {
  const { page } = await guest('Eve', '/r/bombs', { viewport: { width: 1280, height: 800 } })
  await page.getByRole('button', { name: 'Join' }).click()
  await page.locator('article[data-message]').first().waitFor()
  // The list draws what is near: it is looked at up to its beginning, and then down to its end.
  const scroll = (pixels: number) => `(() => {
    let one = document.querySelector('article[data-message]')
    while (!/auto|scroll/.test(getComputedStyle(one).overflowY)) one = one.parentElement
    const before = one.scrollTop
    one.scrollBy(0, ${pixels})
    return one.scrollTop === before
  })()`
  const look = async (pixels: number, last: Locator | undefined): Promise<boolean> => {
    const isOver = await page.evaluate<boolean>(scroll(pixels))
    return last ? last.isVisible() : isOver
  }
  await expect.poll(() => look(-700, undefined), { interval: 30, timeout: 40_000 }).toBe(true)
  await page.locator('#composer').fill('still here')
  await page.keyboard.press('Enter')
  const own = page.getByText('still here')
  await expect.poll(() => look(700, own), { interval: 30, timeout: 40_000 }).toBe(true)
  expect(complaints).toEqual([])
})

test('an image from elsewhere is loaded when it is asked for', async () => {
  const { page } = await guest('Bo', '/', { viewport: { width: 1280, height: 6_000 } })
  const asked: string[] = []
  await page.route('https://elsewhere.example/**', (route) => {
    asked.push(`${route.request().url()} ${route.request().headers().referer ?? 'without referrer'}`)
    return route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' })
  })
  await page.getByText('the end of the corpus').waitFor()
  expect(asked).toEqual([])
  await page.locator('.prose > p > button').first().click()
  await page.locator('.prose img').waitFor()
  await expect.poll(() => asked).toEqual(['https://elsewhere.example/tracker.png without referrer'])
})
