/** A setting that cannot be used: one line for whoever started the server. */
export class BadSetting extends Error {}
