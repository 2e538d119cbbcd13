import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const version = '13.5.0';
const folder = resolve(`node_modules/.cache/lighthouse-${version}`);
const program = join(folder, 'node_modules/lighthouse/cli/index.js');

/** Lighthouse's program, fetched the first time (see docs/decisions/0019). */
export function lighthouse(): string {
  if (existsSync(program)) return program;
  process.stderr.write(`Fetching Lighthouse ${version}\n`);
  mkdirSync(folder, { recursive: true });
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const [command = '', ...words] = [
    ...npm,
    'install',
    '--prefix',
    folder,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const { status } = spawnSync(command, [...words, `lighthouse@${version}`], { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('Lighthouse could not be fetched. Check the connection to the npm registry and try again.');
  return program;
}
