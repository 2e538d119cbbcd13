import { Command, CommanderError } from 'commander';
import { AppError, messageOf, OperatorError } from '#platform/errors.ts';
import { addConfigCommand } from './cli/config.ts';
import { addDoctorCommand } from './cli/doctor.ts';
import { addExportCommand } from './cli/export.ts';
import { addImportCommand } from './cli/import.ts';
import { addImportsCommand } from './cli/imports.ts';
import { addMigrateCommand } from './cli/migrate.ts';
import { addRebuildCountsCommand } from './cli/rebuild-counts.ts';
import { addSeedCommand } from './cli/seed.ts';
import { addServeCommand } from './cli/serve.ts';
import { addUserCommand } from './cli/user.ts';
import { addWorkerCommand } from './cli/worker.ts';

const program = new Command('lyceum')
  .description('Sell courses online and teach them')
  .exitOverride()
  .configureHelp({ sortSubcommands: true });
for (const add of [
  addServeCommand,
  addWorkerCommand,
  addMigrateCommand,
  addSeedCommand,
  addImportCommand,
  addImportsCommand,
  addExportCommand,
  addUserCommand,
  addConfigCommand,
  addDoctorCommand,
  addRebuildCountsCommand,
])
  add(program);
for (const command of program.commands) command.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
  // A command that failed midway may leave a timer or a socket behind; nothing of it is worth waiting for.
  setTimeout(() => process.exit(), 2000).unref();
}

/** One clear line for what a person can mend, the whole stack for a bug. Returns the exit code. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode;
  const expected = error instanceof OperatorError || error instanceof AppError;
  const fields = error instanceof AppError ? Object.entries(error.fields).map(([field, words]) => ` ${field}: ${words}`) : [];
  process.stderr.write(
    expected
      ? `lyceum: ${messageOf(error)}${fields.join('')}\n`
      : `lyceum: this is a bug\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return 1;
}
