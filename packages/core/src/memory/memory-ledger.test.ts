import { ledgerContract } from '../testing/ledger-contract.ts'
import { memoryLedger } from './memory-ledger.ts'

ledgerContract('memory ledger', async () => ({ ledger: memoryLedger(), stop: async () => {} }))
