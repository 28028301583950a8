import type { Parameters } from './model.ts'

type Range = readonly [number, number]

/** What a room may set at most. A range holds both its ends. */
export interface ParameterLimits {
  readonly maxTokens?: number | undefined
  readonly temperature?: Range | undefined
  readonly topP?: Range | undefined
  readonly frequencyPenalty?: Range | undefined
  readonly presencePenalty?: Range | undefined
}

/** Beyond these no provider goes. */
const widest = {
  temperature: [0, 2],
  topP: [0, 1],
  frequencyPenalty: [-2, 2],
  presencePenalty: [-2, 2],
} as const satisfies ParameterLimits

const within = (value: number | undefined, range: Range): number | undefined =>
  value === undefined ? undefined : Math.min(range[1], Math.max(range[0], value))

/**
 * The parameters within the owner's limits. What is not given stays not given, but for the length of a reply, which is
 * never longer than the limit.
 */
export const clamp = (parameters: Parameters, limits: ParameterLimits): Parameters => {
  const { maxTokens = limits.maxTokens } = parameters
  const clamped = {
    temperature: within(parameters.temperature, limits.temperature ?? widest.temperature),
    topP: within(parameters.topP, limits.topP ?? widest.topP),
    frequencyPenalty: within(parameters.frequencyPenalty, limits.frequencyPenalty ?? widest.frequencyPenalty),
    presencePenalty: within(parameters.presencePenalty, limits.presencePenalty ?? widest.presencePenalty),
    maxTokens: within(maxTokens && Math.round(maxTokens), [1, limits.maxTokens ?? Number.MAX_SAFE_INTEGER]),
  }
  return Object.fromEntries(Object.entries(clamped).filter(([, value]) => value !== undefined))
}
