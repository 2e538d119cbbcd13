import { readFileSync, writeFileSync } from 'node:fs';
import { settings } from '#platform/config.server.ts';
import { dataModelDocument } from './data-model.ts';

/** Documents made from the program, so that they cannot tell another story. `--check` fails when one is stale; without it they are written. */
const documents: Record<string, () => string> = {
  '.env.example': environmentExample,
  'docs/data-model.md': dataModelDocument,
};

function environmentExample(): string {
  const lines = Object.entries(settings).map(([name, { about, byDefault }]) => `# ${about}.\n# Default: ${byDefault}\n#${name}=\n`);
  return `# Settings of Lyceum. Copy to .env and set what you need; the environment wins over this file.\n\n${lines.join('\n')}`;
}

const check = process.argv.includes('--check');
for (const [file, make] of Object.entries(documents)) {
  const wanted = make();
  const present = readOrEmpty(file);
  if (present === wanted) continue;
  if (check) {
    process.stderr.write(`${file} is stale. Run: node scripts/generated.ts\n`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, wanted);
    process.stdout.write(`${file} written\n`);
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Not written yet.
    return '';
  }
}
