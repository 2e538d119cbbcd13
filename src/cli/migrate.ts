import type { Command } from 'commander';
import { startProcess } from '../process.server.ts';
import { report, say } from './output.ts';

/** `lyceum migrate`: brings the database to this program's version. Starting does the same by itself. */
export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('Apply what is missing of the database’s migrations')
    .option('--json', 'print the result as JSON')
    .action(async (options: { json?: boolean }) => {
      const lyceum = await startProcess({ say, join: true });
      try {
        const { rows } = await lyceum.runtime.connections.pool.query<{ name: string }>(
          'select migration_name as name from _prisma_migrations order by migration_name',
        );
        const names = rows.map((row) => row.name);
        report({ migrations: names }, options.json, () => [`The database has all ${names.length} migrations, the last is ${names.at(-1)}`]);
      } finally {
        await lyceum.close();
      }
    });
}
