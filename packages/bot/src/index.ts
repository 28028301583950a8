export { type Bot, type BotOptions, createBot, type Worked } from './bot.ts'
export {
  BadCatalogue,
  type Catalogue,
  type CatalogueOptions,
  keyNameOf,
  type NamedModel,
  readCatalogue,
  readCatalogueFile,
} from './catalogue.ts'
export { type FailureDetails, type FailureKind, ModelFailure } from './failure.ts'
export type { EndReason, Model, ModelMessage, ModelPart, ModelRequest, Parameters, Usage } from './model.ts'
export { clamp, type ParameterLimits } from './parameters.ts'
export { costOf, type Price } from './prices.ts'
export { buildPrompt, isHeard, type Prompt, type PromptInput, promptBudget, type Summary } from './prompt.ts'
export { askForSummary, askToCatchUp, type SummaryAsked, summaryTokens } from './summary.ts'
export { machineTimers, type Timers } from './timers.ts'
export { estimateRequest, estimateTokens } from './tokens.ts'
