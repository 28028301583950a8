/** The folder of everything that is kept, where the environment names none. */
export const usualFolder = './data'

/** The data folder as the settings name it, for who needs no other setting. */
export const dataFolder = (environment: Readonly<Record<string, string | undefined>>): string =>
  environment.PARLEY_DATA || usualFolder
