import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { exportCourse } from '#features/authoring/index.server.ts';
import { messageOf, OperatorError } from '#platform/errors.ts';
import { systemContext } from '#platform/runtime.server.ts';
import { startProcess } from '../process.server.ts';
import { say } from './output.ts';

/** `lyceum export`: a course as an archive, which `lyceum import` and the studio read. */
export function addExportCommand(program: Command): void {
  program
    .command('export')
    .description('Write a course into an archive that any Lyceum can import')
    .argument('<course>', 'the end of the course’s address')
    .argument('[file]', 'where the archive is written; named after the course and the day when it is left out')
    .action(exportTo);
}

async function exportTo(courseSlug: string, file: string | undefined): Promise<void> {
  const lyceum = await startProcess({ say, join: true });
  try {
    const { name, content } = await exportCourse(systemContext(), { courseSlug });
    const target = file ?? name;
    // Under another name until it is whole: half an archive must not look like one.
    const partial = `${target}.partial`;
    try {
      await pipeline(content, createWriteStream(partial, { flags: 'wx' }));
      await rename(partial, target);
    } catch (error) {
      await rm(partial, { force: true });
      throw new OperatorError(`${target} cannot be written (${messageOf(error)}).`, { cause: error });
    }
    say(`Wrote ${target}`);
  } finally {
    await lyceum.close();
  }
}
