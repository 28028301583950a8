/** What people with an account may be, by what they may do. */
export const roles = ['member', 'admin', 'owner'] as const
export type Role = (typeof roles)[number]
