import type { Command } from 'commander';
import { startProcess } from '../process.server.ts';
import { seedDemoSchool } from '../seed/demo-school.ts';
import { report, say } from './output.ts';

/** `lyceum seed`: loads the demo school, or completes it. Nothing is doubled. */
export function addSeedCommand(program: Command): void {
  program
    .command('seed')
    .description('Load the demo school; run again, it only adds what is missing')
    .option('--json', 'print the result as JSON')
    .action(async (options: { json?: boolean }) => {
      const lyceum = await startProcess({ say, join: true });
      try {
        const school = await seedDemoSchool(say);
        report(school, options.json, () => [`The demo school has ${school.courses} courses`]);
      } finally {
        await lyceum.close();
      }
    });
}
