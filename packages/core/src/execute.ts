import type { Actor, Connection } from './actor.ts'
import type { Answers } from './answer.ts'
import type { Command, CommandOf } from './command.ts'
import { commands } from './commands/table.ts'
import type { Event } from './events.ts'
import type { Execute } from './outcome.ts'
import type { Ports } from './ports/ports.ts'
import { Unavailable } from './ports/store.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'

/** What a failure looks like from outside: storage that does not answer may be asked again, all else is our fault. */
export const refuseFailure = (ports: Ports, error: unknown, action: string): Refusal => {
  if (error instanceof Unavailable) return refuse('unavailable', 'The storage does not answer. Try again.', 1)
  ports.log.error({ err: error, action }, 'command failed')
  return refuse('internal', 'Something went wrong on the server.')
}

/** Publishes what happened; `origin` is told by its answer. */
export const publish = (
  ports: Ports,
  events: readonly Event[] | undefined,
  origin?: Pick<Connection, 'id'>,
): Promise<void> | undefined =>
  events && events.length > 0
    ? ports.publisher.publish(events.map((event) => (origin ? { event, skip: origin.id } : { event })))
    : undefined

/** Stores, publishes, answers: in this order. */
export const execute = async <A extends Command['action']>(
  ports: Ports,
  actor: Actor,
  command: CommandOf<A>,
  origin?: Pick<Connection, 'id'>,
): Promise<Answers[A] | Refusal> => {
  try {
    const run = commands[command.action as A] as Execute<A>
    const outcome = await run(ports, actor, command)
    if (isRefusal(outcome)) return outcome
    await publish(ports, outcome.events, outcome.tellsAsker ? undefined : origin)
    if (outcome.jobs && outcome.jobs.length > 0) await ports.jobs.enqueue(outcome.jobs)
    return outcome.answer
  } catch (error) {
    return refuseFailure(ports, error, command.action)
  }
}
