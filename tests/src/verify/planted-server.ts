import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signIn } from '@parley/client'
import { type Chat, chat, type Ports } from '@parley/core'
import { type RunningServer, readSettings, startServer } from '@parley/runtime-node'

/** Makes the engine with a fault in it. */
export type Plant = (ports: Ports, make: (ports: Ports) => Chat) => Chat

/** A real server in this process, with a fault if one is planted. */
export interface PlantedServer {
  readonly url: string
  /** Of an owner. */
  readonly token: string
  /** Ends it and starts it again, with the data as they were when this was done for the first time. */
  forget(): Promise<void>
  dispose(): Promise<void>
}

/** Passwords are no part of this, and good ones take their time. */
const quickPasswords: Ports['passwords'] = {
  hash: async (password) => `hash of ${password}`,
  verify: async (password, hash) => hash === `hash of ${password}`,
}

export const plantedServer = async (plant: Plant = (ports, make) => make(ports)): Promise<PlantedServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-planted-'))
  const [data, copy] = [join(folder, 'data'), join(folder, 'copy')]
  const settings = (port: string) =>
    readSettings({ PORT: port, PARLEY_DATA: data, PARLEY_RATE: 'off', PARLEY_LOG: 'silent' })
  let engine: Chat | undefined
  const start = (port: string): Promise<RunningServer> =>
    startServer(settings(port), (ports) => {
      engine = plant({ ...ports, passwords: quickPasswords }, chat)
      return engine
    })
  let server = await start('0')
  const account = { name: 'boss', role: 'owner', password: 'a password' } as const
  await engine?.execute({ kind: 'system' }, { action: 'add-account', ...account })
  const { token } = await signIn(server.url, { username: account.name, password: account.password })
  let copied = false
  return {
    url: server.url,
    token,
    forget: async () => {
      const { port } = new URL(server.url)
      await server.stop()
      if (copied) await rm(data, { recursive: true })
      await cp(copied ? copy : data, copied ? data : copy, { recursive: true })
      copied = true
      server = await start(port)
    },
    dispose: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
