import type { Command } from 'commander';
import { type RebuiltCounts, rebuildCounts } from '#features/catalogue/index.server.ts';
import { systemContext } from '#platform/runtime.server.ts';
import { startProcess } from '../process.server.ts';
import { report, say } from './output.ts';

/** `lyceum rebuild-counts`: counts anew what courses, their prices, categories, the catalogue's choices and instructors carry. */
export function addRebuildCountsCommand(program: Command): void {
  program
    .command('rebuild-counts')
    .description('Count lessons, students, reviews, prices and courses anew, after rows came or went past the program')
    .option('--json', 'print the result as JSON')
    .action(async (options: { json?: boolean }) => {
      const lyceum = await startProcess({ say, join: true });
      try {
        const result = await rebuildCounts(systemContext(), say);
        report(result, options.json, () => lines(result));
      } finally {
        await lyceum.close();
      }
    });
}

const names: Record<keyof RebuiltCounts, string> = {
  courses: 'courses',
  prices: 'prices of courses',
  categories: 'categories',
  facets: 'choices of the catalogue',
  words: 'words of courses',
  instructors: 'instructors',
};

function lines(result: RebuiltCounts): string[] {
  const parts = Object.keys(names) as (keyof RebuiltCounts)[];
  const all = parts.every((part) => result[part].mended === 0);
  return [
    ...parts.map((part) => `${names[part]}: ${result[part].looked} looked at, ${result[part].mended} mended`),
    all ? 'Every count was right.' : 'Every count is right now.',
  ];
}
