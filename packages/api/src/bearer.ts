const pattern = /^Bearer +([\w.~+/-]+=*)$/i

/** The token of an `Authorization: Bearer <token>` header; undefined for anything else. */
export const bearerToken = (authorization: string | undefined): string | undefined =>
  pattern.exec(authorization ?? '')?.[1]
