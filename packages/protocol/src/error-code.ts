import { z } from 'zod'
import { type ErrorCode as Code, errorStatus } from './errors.ts'

export const ErrorCode = z.enum(Object.keys(errorStatus) as [Code, ...Code[]]).meta({ id: 'ErrorCode' })
export type ErrorCode = Code
