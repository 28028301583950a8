import type { ReactElement } from 'react'
import type { CustomContainerComponentProps } from 'virtua'

/**
 * What holds the rows of a virtual list. The library would take the pointer from them while the list scrolls: a list that
 * follows a growing reply scrolls all the time, and nobody could press Stop.
 */
export const ListBox = ({
  style: { pointerEvents: _taken, ...style },
  ...rest
}: CustomContainerComponentProps): ReactElement => <div {...rest} style={style} />
