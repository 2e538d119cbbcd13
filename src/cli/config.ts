import type { Command } from 'commander';
import { describeSettings, loadConfig } from '#platform/config.server.ts';
import { report } from './output.ts';

/** `lyceum config`: every setting, its default, and where its value comes from. */
export function addConfigCommand(program: Command): void {
  program
    .command('config')
    .description('Print every setting, its default and where its value comes from')
    .option('--json', 'print as JSON')
    .action((options: { json?: boolean }) => {
      loadConfig();
      const rows = describeSettings();
      report(rows, options.json, () =>
        rows.map((row) => `${row.name.padEnd(20)} ${row.value}\n${' '.repeat(21)}${row.about} (${row.source})`),
      );
    });
}
