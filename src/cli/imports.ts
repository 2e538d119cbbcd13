import type { Command } from 'commander';
import { type ImportsPage, importsPage, undoImport } from '#features/authoring/index.server.ts';
import { OperatorError } from '#platform/errors.ts';
import { asInstructor } from './as-instructor.ts';
import { report } from './output.ts';

type Line = ImportsPage['imports'][number];

/** `lyceum imports …`: what somebody has imported, and the way back. */
export function addImportsCommand(program: Command): void {
  const imports = program.command('imports').description('See what somebody has imported, and take an import back');
  imports
    .command('list')
    .description('Somebody’s imports, the newest first')
    .requiredOption('--as <e-mail>', 'instructor whose imports they are')
    .option('--before <id>', 'only those before this one')
    .option('--json', 'print the list as JSON')
    .action(list);
  imports
    .command('undo')
    .description('Take an import back: what it made goes, what it changed is again what it was')
    .argument('<id>', 'the import, as “lyceum imports list” names it')
    .requiredOption('--as <e-mail>', 'instructor whose import it is')
    .option('--despite-changes', 'also when the course was changed since; those changes are lost')
    .option('--json', 'print the result as JSON')
    .action(undo);
  for (const command of imports.commands) command.exitOverride();
}

async function list(options: { as: string; before?: string; json?: boolean }): Promise<void> {
  const page = await asInstructor(options.as, (ctx) => importsPage(ctx, options));
  report(page, options.json, () => [
    ...page.imports.map(lineOf),
    ...(page.imports.length === 0 ? [`${options.as} has imported nothing${options.before ? ' before that' : ''}`] : []),
    ...(page.older ? [`More: lyceum imports list --as ${options.as} --before ${page.older}`] : []),
  ]);
}

const states = { QUEUED: 'waiting', RUNNING: 'at work', DONE: 'done', FAILED: 'failed', UNDONE: 'undone' } as const;

function lineOf({ id, name, state, createdAt, courseTitle }: Line): string {
  const course = courseTitle === null ? '' : ` → “${courseTitle}”`;
  return `${id}  ${createdAt.toISOString().slice(0, 16).replace('T', ' ')}  ${states[state].padEnd(7)}  ${name}${course}`;
}

async function undo(importId: string, options: { as: string; despiteChanges?: boolean; json?: boolean }): Promise<void> {
  const { as, despiteChanges, json } = options;
  const { kind } = await asInstructor(as, (ctx) => undoImport(ctx, { importId, despiteChanges }));
  if (kind === 'changed-since')
    throw new OperatorError(
      'The course was changed since this import. Nothing was undone. To lose those changes, too, say the same again with --despite-changes.',
    );
  report({ id: importId, undone: true }, json, () => [`Undone: everything is as it was before the import ${importId}`]);
}
