import type { Client } from '@parley/client'
import { draftOf, type Edit, edit, emptyDraft } from '../screen/draft.ts'
import type { Act } from '../screen/keys.ts'
import { scrollBy } from '../screen/room-view.ts'
import { neighbour, nextUnread } from '../screen/rooms-in-turn.ts'
import type { Screen } from '../screen/screen.ts'
import { scrollTo } from '../screen/scroll.ts'
import { titleOf } from '../words/names.ts'
import { slashCommands } from './commands.ts'
import { complete } from './complete.ts'
import { emojiWords } from './emoji.ts'

interface Options {
  readonly client: Client
  readonly screen: Screen
  /** What was written is to be done or said. */
  readonly send: (text: string) => void
  readonly quit: () => void
  readonly suspend: () => void
  readonly redraw: () => void
}

/** What each key does that is more than writing. */
export const screenActs = ({
  client,
  screen,
  send,
  quit,
  suspend,
  redraw,
}: Options): Readonly<Record<Act, () => void>> => {
  const isEmpty = (): boolean => screen.view.draft.text === ''
  const page = (direction: -1 | 1) => () =>
    screen.change((view, shown) => scrollBy(view, shown, direction * Math.max(1, shown.height - 2)))

  const completeDraft = (): void => {
    const { text, options } = complete(screen.view.draft.text, {
      commands: slashCommands,
      rooms: [...client.state.rooms.values()].map(({ id, facts }) =>
        facts.kind === 'direct' ? `@${titleOf(client.state, facts)}` : id,
      ),
      people: [...client.state.people.values()].filter(({ id }) => id !== client.state.me?.id).map(({ name }) => name),
      emoji: emojiWords,
    })
    const notice = options.length > 0 ? { text: options.join('  ') } : undefined
    screen.change((view) => ({ ...view, draft: draftOf(text), notice }))
  }
  const goToUnread = (): void => {
    const room = nextUnread(client.state, screen.view.room)
    if (room) screen.go(room)
    else screen.change((view) => ({ ...view, notice: { text: 'Nothing is unread elsewhere.' } }))
  }
  return {
    send: () => {
      const { text } = screen.view.draft
      screen.change((view) => ({
        ...view,
        draft: emptyDraft,
        scroll: 'end',
        panel: undefined,
        panelFrom: 0,
        notice: undefined,
        newAfter: text.trim() ? undefined : view.newAfter,
      }))
      client.wake()
      if (text.trim()) send(text)
    },
    complete: () => (isEmpty() ? goToUnread() : completeDraft()),
    cancel: () =>
      screen.change((view) => ({
        ...view,
        panel: undefined,
        panelFrom: 0,
        notice: undefined,
        scroll: view.panel || view.notice ? view.scroll : 'end',
      })),
    interrupt: () => {
      if (isEmpty()) quit()
      else screen.change((view) => ({ ...view, draft: emptyDraft }))
    },
    'end-of-input': () => {
      if (isEmpty()) quit()
      else screen.change((view) => ({ ...view, draft: edit(view.draft, 'erase-after') }))
    },
    suspend,
    redraw,
    'page-up': page(-1),
    'page-down': page(1),
    'to-start': () =>
      screen.change((view, shown) => ({ ...view, scroll: scrollTo(shown.conversation, 0, shown.height) })),
    'to-end': () => screen.change((view) => ({ ...view, scroll: 'end' })),
    'next-room': () => screen.go(neighbour(client.state, screen.view.room, 1)),
    'previous-room': () => screen.go(neighbour(client.state, screen.view.room, -1)),
    focus: () => {
      client.wake()
      screen.look(true)
    },
    blur: () => screen.look(false),
  }
}

/** A change of what is being written; with nothing there, up and down are for reading. */
export const write = ({ client, screen }: Pick<Options, 'client' | 'screen'>, change: Edit): void => {
  const { draft, room } = screen.view
  if (draft.text === '' && (change === 'up' || change === 'down')) {
    screen.change((view, shown) => scrollBy(view, shown, change === 'up' ? -1 : 1))
    return
  }
  const next = edit(draft, change)
  if (next.text !== draft.text && next.text !== '' && !next.text.startsWith('/')) client.typing(room)
  screen.change((view) => ({ ...view, draft: next }))
}
