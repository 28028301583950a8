const first = `# A reply, as it is written

This text comes from the server in small pieces, as the words of a language model do. Everybody in the room sees the same
reply grow at the same time. Whoever joins now, or reloads the page in the middle of it, goes on at the very character
where the others are, and nothing is missing and nothing is said twice.

## What to try

- **Reload the page** while this is being written.
- Open the room in a **second window**, or ask somebody else to look.
- **Stop** the reply: what was said until then stays, and is marked as stopped.
- Ask for **another try**: the old reply is kept, and one can page between them.

## Where it goes

| Step | Who does it | How often |
| --- | --- | --- |
| The question is kept | the server | once |
| A reply is begun | the bot | once |
| Text is added | the model | many times |
| What was said is kept | the server | with each piece |
| The reply is closed | the bot | once |

## In a program

A program of your own can read along. It needs few lines:

\`\`\`ts
import { asGuest, createClient } from "@parley/client"

const server = "http://127.0.0.1:8080"
const client = createClient({ server, session: await asGuest(server, "Reader") })

client.on("message", ({ room, message }) => {
  if (message.streaming) console.log(room, message.text.length, "characters so far")
})
await client.start()
\`\`\`

> A reply is one message. It takes one place in the history, however many pieces it came in.

Numbers are easy to follow in a stream as well:

1. The first piece tells that somebody has begun to answer.
2. The pieces after it each say where they belong, so a lost one is noticed.
3. The last one tells how it ended: done, stopped, too long, or broken off.

Letters of other languages come whole, too: ¡hola!, Grüße, Привет, こんにちは, 안녕하세요, and a few pictures 🎉 👩‍💻 🇪🇺.

That is all of the demonstration. Nothing here was made up by a model; it is always the same.
`

const chapter = (number: number): string => `## Chapter ${number}

The long demonstration goes on so that there is time to stop it, to leave and to come back. This is its chapter ${number},
and it says much the same as the others, in *other* words only where it has to.

- A reader who is slow does not make the others wait: number ${number} of the reasons to trust the stream.
- A server that is restarted goes on with the reply, or says that it was interrupted.
- \`${number} + ${number} = ${number * 2}\`, which is as much arithmetic as there is in here.

Scrolling up does not lose one's place while more arrives below. When everything is said the reply is closed with one last
frame, and the history holds it as a single message, as if it had been written in one go by somebody who types fast.
`

/** About 2,000 characters with a heading, a list, a table and a program. */
export const demonstration = first

/** The same and more, some 10,000 characters. */
export const longDemonstration = [first, ...Array.from({ length: 10 }, (_, index) => chapter(index + 1))].join('\n')
