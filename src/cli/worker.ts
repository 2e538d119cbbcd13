import type { Command } from 'commander';
import { startJobs, startProcess } from '../process.server.ts';
import { say } from './output.ts';
import { untilAskedToStop } from './signals.ts';

/** `lyceum worker`: runs jobs apart from the web process. */
export function addWorkerCommand(program: Command): void {
  program
    .command('worker')
    .description('Run jobs apart from the web process (with JOBS=separate there)')
    .action(async () => {
      const stopping = untilAskedToStop();
      const lyceum = await startProcess({ say, join: true });
      try {
        const jobs = await startJobs();
        say('Running jobs');
        await stopping;
        await jobs.stop();
      } finally {
        await lyceum.close();
      }
    });
}
