export {
  openAiBegin,
  openAiChunk,
  openAiCut,
  openAiEnd,
  openAiError,
  openAiFlood,
  openAiStall,
  openAiStream,
  openAiText,
} from './fake-openai.ts'
export { type Answer, type Asked, type FakeServer, fakeServer } from './fake-server.ts'
export { type HandTimers, handTimers, quickTimers } from './hand-timers.ts'
