import { type ReactElement, type ReactNode, useId } from 'react'

interface SectionProps {
  readonly title: string
  readonly action?: ReactNode
  readonly children: ReactNode
}

/** A titled list at the side. */
export const Section = ({ title, action, children }: SectionProps): ReactElement => {
  const id = useId()
  return (
    <section className="mt-3" aria-labelledby={id}>
      <div className="flex h-8 items-center ps-2.5 pe-1">
        <h2 id={id} className="flex-1 text-fine font-semibold text-quiet">
          {title}
        </h2>
        {action}
      </div>
      <ul className="flex flex-col gap-px">{children}</ul>
    </section>
  )
}
