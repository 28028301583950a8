/**
 * A page that shows one room and lets one write in it. `npx vite examples`, then open /page.html, with a server running.
 */
import { asGuest, createClient, type Session, webOutbox } from '@parley/client'

const room = 'general'
const find = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T
const status = find('status')
const list = find<HTMLOListElement>('messages')
const older = find<HTMLButtonElement>('older')
const input = find<HTMLInputElement>('text')

const kept = localStorage.getItem('session')
const session: Session = kept ? JSON.parse(kept) : await asGuest(location.origin, prompt('Your name?') || 'Guest')
const keep = (newest: Session): void => localStorage.setItem('session', JSON.stringify({ ...session, ...newest }))
keep(session)

const client = createClient({ server: location.origin, session, outbox: webOutbox(localStorage) })

const row = (author: string, text: string, state = ''): HTMLLIElement => {
  const item = document.createElement('li')
  const name = document.createElement('strong')
  name.textContent = author
  item.append(name, ' ', text, state && ` (${state})`)
  return item
}

const show = (): void => {
  const { connection, me, rooms, outbox } = client.state
  const window = rooms.get(room)?.window
  status.textContent = connection.status === 'online' ? `You are ${me?.name}.` : `${connection.status} …`
  older.hidden = (window?.start ?? 0) === 0
  const stored = window?.messages.map(({ from, text, deletedAt }) => row(from.name, text, deletedAt && 'deleted')) ?? []
  const pending = outbox.get(room)?.map(({ text, failed }) => row('You', text, failed?.message ?? 'sending')) ?? []
  list.replaceChildren(...stored, ...pending)
}

client.subscribe(show)
client.on('session', keep)
client.on('connection', (now) => {
  if (now.status === 'ended') localStorage.removeItem('session')
})
older.addEventListener('click', () => client.older(room))
input.addEventListener('input', () => client.typing(room))
find<HTMLFormElement>('composer').addEventListener('submit', (event) => {
  event.preventDefault()
  client.send(room, input.value)
  input.value = ''
})

client.open(room)
await client.start()
