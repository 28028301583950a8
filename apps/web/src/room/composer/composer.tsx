import type { User } from '@parley/client'
import { useClient, useRoom } from '@parley/client/react'
import { limits } from '@parley/protocol/limits'
import { ArrowUpIcon, FaceIcon } from '@radix-ui/react-icons'
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { classes } from '../../parts/classes.ts'
import { EmojiButton } from '../../parts/emoji-button.tsx'
import { GrowingInput } from '../../parts/growing-input.tsx'
import { useRoomTitle } from '../../people/use-room-title.ts'
import { useStored } from '../../preferences/stored.ts'
import { useRoomContext } from '../room-context.ts'
import { draftOf } from './drafts.ts'
import { composerId, focusComposer } from './focus.ts'
import { MentionList, mentionId, mentionListId } from './mention-list.tsx'
import { complete } from './mentions.ts'
import { ReplyBar } from './reply-bar.tsx'
import { useMentions } from './use-mentions.ts'

const hasKeyboard = (): boolean => matchMedia('(hover: hover)').matches

/** Where one writes. */
export const Composer = (): ReactElement | null => {
  const t = useTranslations('composer')
  const client = useClient()
  const { room, me, replyingTo, reply, edit } = useRoomContext()
  const facts = useRoom(room)
  const titleOf = useRoomTitle()
  const [text, setText] = useStored(draftOf(room))
  const [cursor, setCursor] = useState(0)
  const input = useRef<HTMLTextAreaElement>(null)
  const mentions = useMentions(room, text, cursor)
  const excess = text.length - limits.textUnits
  const maySend = text.trim() !== '' && excess <= 0

  useEffect(() => {
    if (hasKeyboard()) focusComposer()
  }, [])

  const put = (next: string, at: number): void => {
    setText(next)
    setCursor(at)
    requestAnimationFrame(() => {
      input.current?.focus()
      input.current?.setSelectionRange(at, at)
    })
  }
  const mention = (user: User): void => {
    if (!mentions.mentioning) return
    const done = complete(text, mentions.mentioning, user.name)
    put(done.text, done.cursor)
  }
  const insert = (emoji: string): void => {
    const { selectionStart = text.length, selectionEnd = text.length } = input.current ?? {}
    put(text.slice(0, selectionStart) + emoji + text.slice(selectionEnd), selectionStart + emoji.length)
  }
  const send = (): void => {
    if (!maySend) return
    client.send(room, text.trim(), replyingTo?.id).stored.catch(() => {
      // It stays in the list, with why and what to do.
    })
    setText('')
    setCursor(0)
    reply(undefined)
    focusComposer()
  }
  const editLast = (): boolean => {
    const own = client.state.rooms
      .get(room)
      ?.window.messages.findLast(({ from, deletedAt }) => from.id === me && deletedAt === undefined)
    if (own) edit(own.id)
    return own !== undefined
  }
  const inMentions = (key: string): boolean => {
    const user = mentions.people[mentions.chosen]
    if (!mentions.mentioning || !user) return false
    if (key === 'ArrowDown') mentions.move(1)
    else if (key === 'ArrowUp') mentions.move(-1)
    else if (key === 'Enter' || key === 'Tab') mention(user)
    else if (key === 'Escape') mentions.dismiss()
    else return false
    return true
  }
  const inText = ({ key, shiftKey, altKey }: KeyboardEvent): boolean => {
    if (key === 'Enter' && !shiftKey && !altKey && hasKeyboard()) send()
    else if (key === 'ArrowUp' && text === '' && !altKey) return editLast()
    else if (key === 'Escape' && replyingTo) reply(undefined)
    else return false
    return true
  }
  if (!facts) return null
  const title = titleOf(facts)
  return (
    <div className="column shrink-0 px-3 pb-3 wide:px-6 wide:pb-5">
      <div className="relative rounded-xl border border-edge/50 bg-raised shadow-rest transition-colors focus-within:border-accent/70">
        {mentions.mentioning && <MentionList people={mentions.people} chosen={mentions.chosen} choose={mention} />}
        {replyingTo && <ReplyBar message={replyingTo} cancel={() => reply(undefined)} />}
        <div className="flex items-end gap-1 p-1">
          <EmojiButton label={t('emoji')} align="start" choose={insert}>
            <FaceIcon width={18} height={18} />
          </EmojiButton>
          <GrowingInput
            ref={input}
            id={composerId}
            label={t('label', { room: title })}
            placeholder={t('placeholder', { room: title })}
            value={text}
            setValue={(next) => {
              setText(next)
              if (next.trim() !== '') client.typing(room)
            }}
            onSelect={(event) => setCursor(event.currentTarget.selectionStart)}
            aria-controls={mentions.mentioning ? mentionListId : undefined}
            aria-activedescendant={mentions.mentioning && mentionId(mentions.people[mentions.chosen]?.id ?? '')}
            aria-autocomplete="list"
            aria-invalid={excess > 0}
            enterKeyHint={hasKeyboard() ? 'send' : 'enter'}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return
              if (inMentions(event.key) || inText(event)) event.preventDefault()
            }}
            className="px-1 py-[7px]"
          />
          {excess > 0 && (
            <span role="status" className="self-center text-fine whitespace-nowrap text-danger">
              {t('tooLong', { count: excess })}
            </span>
          )}
          <button
            type="button"
            aria-label={t('send')}
            disabled={!maySend}
            onPointerDown={(event) => event.preventDefault()}
            onClick={send}
            className={classes(
              'flex size-9 shrink-0 items-center justify-center rounded-lg transition-colors',
              maySend ? 'bg-accent text-on-accent hover:bg-accent-strong' : 'cursor-default bg-sunken text-edge',
            )}
          >
            <ArrowUpIcon width={18} height={18} />
          </button>
        </div>
      </div>
    </div>
  )
}
