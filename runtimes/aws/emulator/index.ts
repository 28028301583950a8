export { type EmulatedClock, emulatedClock } from './clock.ts'
export { type Emulator, type EmulatorOptions, emulate } from './emulate.ts'
export { type Call, type FaultPlan, type Faults, noFaults, plannedFaults } from './faults.ts'
