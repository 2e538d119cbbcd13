import { spawn } from 'node:child_process';
import { loadConfig } from '#platform/config.server.ts';
import { openDatabase } from '#platform/database/open.server.ts';

/** `npm run dev`: the database beneath Vite's development server, which boots the rest in `src/hooks.server.ts`. */
const config = loadConfig();
const database = await openDatabase(config, { say: (line) => process.stderr.write(`${line}\n`) });
const vite = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'dev', '--port', String(config.port)], {
  stdio: 'inherit',
  env: { ...process.env, DATABASE_URL: database.ownerUrl, DATABASE_APP_URL: database.applicationUrl },
});
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => vite.kill('SIGTERM'));
vite.on('exit', async (code) => {
  await database.close();
  process.exitCode = code ?? 0;
});
