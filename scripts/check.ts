import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `npm test`: every check and every test, a real browser included. Ends with the line "N passed, N failed, N skipped". */
interface Step {
  name: string;
  command: string[];
}

const node = process.execPath;
const bin = (path: string, ...words: string[]) => [node, `node_modules/${path}`, ...words];

/** Two rows of about the same length that run beside each other: each step keeps one core busy. The build writes what no check reads. */
const checks: Step[][] = [
  [{ name: 'types', command: bin('svelte-check/bin/svelte-check', '--fail-on-warnings', '--output', 'human') }],
  [
    { name: 'formatting and lint', command: bin('@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '.') },
    {
      name: 'dependency direction',
      command: bin(
        'dependency-cruiser/bin/dependency-cruiser.mjs',
        '--config',
        '.dependency-cruiser.js',
        'src',
        'tests',
        'bench',
        'scripts',
      ),
    },
    { name: 'unused code', command: bin('knip/bin/knip.js') },
    { name: 'generated documents', command: [node, 'scripts/generated.ts', '--check'] },
    { name: 'build', command: bin('vite/bin/vite.js', 'build', '--logLevel', 'error') },
  ],
];

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

async function main(): Promise<void> {
  const only = process.argv.slice(2);
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  await run(bin('@sveltejs/kit/svelte-kit.js', 'sync'), 'capture');
  if (only.length === 0) await Promise.all(checks.map((row) => take(row, counts)));
  add(counts, await vitest(only));
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  process.exitCode = counts.failed > 0 ? 1 : 0;
}

/** Takes one step after the other, and says of each how it went. */
async function take(steps: readonly Step[], counts: Counts): Promise<void> {
  for (const step of steps) {
    const started = performance.now();
    const { code, output } = await run(step.command, 'capture');
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    counts[code === 0 ? 'passed' : 'failed'] += 1;
    process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${step.name} (${seconds} s)\n${code === 0 ? '' : output}`);
  }
}

/** Runs Vitest and reads its counts. A run that dies before it can count is one failure. */
async function vitest(words: string[]): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'lyceum-check-'));
  const file = join(folder, 'results.json');
  const { code } = await run(
    bin('vitest/vitest.mjs', 'run', ...words, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`),
    'show',
  );
  const results = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as VitestResults) : undefined;
  rmSync(folder, { recursive: true });
  const counts = {
    passed: results?.numPassedTests ?? 0,
    failed: results?.numFailedTests ?? 0,
    skipped: (results?.numPendingTests ?? 0) + (results?.numTodoTests ?? 0),
  };
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

interface VitestResults {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

function add(total: Counts, more: Counts): void {
  total.passed += more.passed;
  total.failed += more.failed;
  total.skipped += more.skipped;
}

function run([command, ...words]: string[], output: 'show' | 'capture'): Promise<{ code: number; output: string }> {
  const child = spawn(command!, words, { stdio: output === 'show' ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout?.on('data', (chunk) => (text += chunk));
  child.stderr?.on('data', (chunk) => (text += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code: code ?? 1, output: text }));
  });
}

await main();
