import type { Message } from '@parley/client'
import { memo, type ReactElement, useState } from 'react'
import { classes } from '../../parts/classes.ts'
import { useRoomContext } from '../room-context.ts'
import { Frame } from './frame.tsx'
import { MessageBody } from './message-body.tsx'
import { MessageEditor } from './message-editor.tsx'
import { Quote } from './quote.tsx'
import { Reactions } from './reactions.tsx'
import { ReplyEnd } from './reply-end.tsx'
import { type OpenPart, Toolbar } from './toolbar.tsx'
import { useMessageKeys } from './use-message-keys.ts'

interface MessageRowProps {
  readonly message: Message
  /** When it was sent, in ms. */
  readonly at: number
  readonly isFirst: boolean
  /** The message that it answers, if that is to be shown. */
  readonly quotes: string | undefined
}

/** A message, with what one can do with it while it is pointed at or has the focus. */
export const MessageRow = memo(({ message, at, isFirst, quotes }: MessageRowProps): ReactElement => {
  const { editing, target } = useRoomContext()
  const [isPointed, setPointed] = useState(false)
  const [isFocused, setFocused] = useState(false)
  const [open, setOpen] = useState<OpenPart>()
  const onKeyDown = useMessageKeys(message)
  const isEdited = editing === message.id
  const isTarget = target === message.seq
  const isDeleted = message.deletedAt !== undefined
  const hasToolbar = (isPointed || isFocused || open !== undefined) && !isEdited && !isDeleted
  return (
    <div className={classes('column px-2 wide:px-4', isFirst && 'pt-2.5')}>
      <article
        data-message={message.id}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onPointerEnter={({ pointerType }) => setPointed(pointerType === 'mouse')}
        onPointerLeave={() => setPointed(false)}
        onFocus={() => setFocused(true)}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false)
        }}
        className={classes(
          'group relative rounded-lg px-2 py-[3px] outline-offset-[-2px] contain-layout contain-style',
          isTarget && 'found',
          hasToolbar && 'bg-hover',
        )}
      >
        <Frame
          author={message.from}
          at={at}
          isFirst={isFirst}
          quote={quotes !== undefined && !isDeleted && <Quote id={quotes} />}
        >
          {isEdited ? <MessageEditor message={message} /> : <MessageBody message={message} />}
          {message.from.kind === 'bot' && !isDeleted && <ReplyEnd message={message} />}
          {message.reactions && <Reactions message={message} />}
        </Frame>
        {hasToolbar && <Toolbar message={message} open={open} setOpen={setOpen} />}
      </article>
    </div>
  )
})
