/** The same parts with the same keys, in another language. */
export type WordsLike<Parts> = { readonly [Part in keyof Parts]: { readonly [Key in keyof Parts[Part]]: string } }
