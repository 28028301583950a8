import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { htmlOf, readHtml } from './html.ts'

describe('HTML of an input box', () => {
  test.each([
    ['a &amp; b', 'a & b'],
    ['a<br>b', 'a\nb'],
    ['a&nbsp;b &lt;c&gt;', 'a\u00a0b <c>'],
    ['<b>a</b><i>b</i><u>c</u><span>d</span>', 'abcd'],
    ['a<div>b</div><div>c</div>', 'a\nb\nc'],
    ['a<div><br></div><div>b</div>', 'a\n\nb'],
    ['<p>a</p><p>b</p>', 'a\nb'],
    ['a "quoted" \'word\'', 'a "quoted" \'word\''],
  ])('%s comes back as it is, and is read as text', (html, text) => {
    expect(readHtml(html)).toEqual({ html, text })
  })

  test.each([
    ['<script>alert(1)</script>', ''],
    ['a<script>alert("</b>")</script >b', 'ab'],
    ['<SCRIPT\n>x</SCRIPT>y', 'y'],
    ['<style>b{}</style>c', 'c'],
    ['<script>never closed', ''],
    ['<!-- a --> b <!-- never closed', ' b '],
    ['<!doctype html>a<?php x ?>b</ 1>c', 'abc'],
    ['<img src=x onerror=alert(1)>a', 'a'],
    ['<b onclick="alert(1)">a</b>', '<b>a</b>'],
    ['<b title="a>b">c</b>', '<b>c</b>'],
    ["<b title='>'>c", '<b>c</b>'],
    ['<a href="javascript:alert(1)">a</a>', 'a'],
    ['<svg><script>1</script><p>a', '<p>a</p>'],
    ['<b><i>a</b>b</i>', '<b><i>a</i></b>b'],
    ['</b>a</p>', 'a'],
    ['<p>a<p>b', '<p>a</p><p>b</p>'],
    ['<BR/><bR />', '<br><br>'],
    ['a < b <3 <', 'a &lt; b &lt;3 &lt;'],
    ['&lt;script&gt;&#60;&#x3c;&unknown;&amp', '&lt;script&gt;&lt;&lt;&amp;unknown;&amp;amp'],
    ['&#0;&#7;&#xD800;&#x110000;a', '\ufffd\ufffda'],
    ['<b', ''],
    ['<b title="', ''],
  ])('%s becomes %s', (given, html) => {
    expect(readHtml(given).html).toBe(html)
  })

  const piece = fc.oneof(
    fc.constantFrom('<b>', '</b>', '<p>', '</p>', '<div x=">">', '<br>', '<script>', '</script>', '<!--', '-->'),
    fc.constantFrom('<', '>', '"', "'", '&', '&lt;', '&#60;', '=', '/', 'a', ' ', '\n', '<img onerror=1', '\u0000'),
    fc.string({ maxLength: 8 }),
  )

  test('whatever comes in, nothing but the tags of the list comes out, and what came out comes back the same', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const { html } = readHtml(pieces.join(''))
        expect(html.replace(/<\/?(?:b|div|i|p|span|u)>|<br>/g, '')).not.toMatch(/[<>]/)
        expect(readHtml(html).html).toBe(html)
      }),
      { numRuns: 500 },
    )
  })

  test('a long one without an end is read in no time that grows with its square', () => {
    for (const one of ['<b', '<!--', '<script>', '&', '<b title="', '</']) {
      const before = readHtml(one.repeat(20_000))
      expect(before.html.length).toBeLessThan(200_000)
    }
  })

  test('a plain text is escaped as browsers do', () => {
    expect(htmlOf('a < b & c > d "e"\n\u00a0f')).toBe('a &lt; b &amp; c &gt; d "e"<br>&nbsp;f')
  })
})

test('names of things that every object has are no letters', () => {
  expect(readHtml('&constructor; &toString; &hasOwnProperty;')).toEqual({
    html: '&amp;constructor; &amp;toString; &amp;hasOwnProperty;',
    text: '&constructor; &toString; &hasOwnProperty;',
  })
})

test('what stands too deep is left out with its element only', () => {
  const { html, text } = readHtml(`${'<b>'.repeat(5_000)}deep`)
  expect(html).toBe(`${'<b>'.repeat(100)}deep${'</b>'.repeat(100)}`)
  expect(text).toBe('deep')
})

test('line breaks at both ends go, those between stay, however many there are', () => {
  const many = '\n'.repeat(32_000)
  const began = process.threadCpuUsage()
  expect(readHtml(`${many}a${many}b${many}`).text).toBe(`a${many}b`)
  // By a pattern this took seconds.
  expect(process.threadCpuUsage(began).user / 1000).toBeLessThan(500)
})
