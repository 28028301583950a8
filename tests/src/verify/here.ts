/**
 * Starts a server on data of its own, without limits of rates, and has `parley verify` look at it while it is killed
 * again and again: `npm run verify -- --clients 10 --messages 5000 --restarts 30`, with any option of that command.
 */
import { spawn } from 'node:child_process'
import { signIn } from '@parley/client'
import { cli } from '../harness/command.ts'
import { doorTo } from '../harness/door.ts'
import { nodeDeployment } from '../harness/node-deployment.ts'

const password = 'a password for a while'
const deployment = await nodeDeployment({ PARLEY_LOG: 'warn' })
await deployment.addAccount('verifier', 'owner', password)
const { token } = await signIn(deployment.url, { username: 'verifier', password })
const { port } = new URL(deployment.url)
const door = await doorTo(async () => {
  await deployment.kill()
  await deployment.restart({ PORT: port })
})
const words = ['verify', deployment.url, '--restart-command', door.command, ...process.argv.slice(2)]
const verifying = spawn(process.execPath, [cli, ...words], {
  env: { ...process.env, PARLEY_TOKEN: token },
  stdio: 'inherit',
})
process.exitCode = await new Promise<number>((resolve) => verifying.on('close', (code) => resolve(code ?? 1)))
door.close()
await deployment.dispose()
