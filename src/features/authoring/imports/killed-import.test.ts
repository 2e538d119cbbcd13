import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { systemContext } from '#platform/runtime.server.ts';
import { zip } from '../../../../tests/support/zip.ts';
import { importPage, startImport, undoImport } from '../index.server.ts';
import { importer } from '../testing/importer.ts';
import { runImportJob } from './run-import-job.ts';

const importing = importer();
const { school, rows, uploaded } = importing;

const worker = fileURLToPath(new URL('../testing/work-off-import.ts', import.meta.url));

/** Works an import off in a process of its own and kills that without warning once the import is so far. */
async function killedAt(importId: string, percent: number): Promise<void> {
  const settings = {
    DATA_DIR: join(tmpdir(), school.database.name),
    SECRET: 'a secret for tests that has more than 32 characters',
    ORIGIN: 'http://localhost:3000',
    LOG_LEVEL: 'silent',
  };
  const child = spawn(process.execPath, [worker, JSON.stringify({ settings, url: school.database.applicationUrl, importId })], {
    stdio: 'inherit',
  });
  const exited = new Promise((resolve) => child.once('close', resolve));
  for (let isThere = false; !isThere && child.exitCode === null; await new Promise((resolve) => setTimeout(resolve, 5))) {
    const [row] = await rows<{ isThere: boolean }>(
      'select percent >= $2 and state = \'RUNNING\' as "isThere" from imports where id = $1',
      importId,
      percent,
    );
    isThere = row!.isThere;
  }
  if (child.exitCode !== null) throw new Error('It ended before it could be killed');
  child.kill('SIGKILL');
  await exited;
}

test('an import killed while it stores files, and again while it writes, is done once in the end', async () => {
  const files: Record<string, string> = { 'course.md': '# Long\n' };
  for (let number = 0; number < 100; number += 1) {
    files[`${number}.md`] = `# Lesson ${number}\n\n[Sheet](sheet-${number}.txt)\n\n${'Words and *words*.\n\n'.repeat(40)}`;
    files[`sheet-${number}.txt`] = `Sheet ${number}`;
  }
  const importId = await startImport(importing.ctx, {
    fileId: await uploaded(zip(Object.entries(files).map(([name, content]) => ({ name, content }))), 'long.zip'),
  });
  await killedAt(importId, 25);
  await killedAt(importId, 72);
  expect(await rows('select from courses where instructor_id = $1', importing.ina.id)).toEqual([]);
  expect(await importPage(importing.ctx, { importId })).toMatchObject({ state: 'RUNNING' });
  await runImportJob.handler(systemContext(), { importId });
  expect(await importPage(importing.ctx, { importId })).toMatchObject({
    state: 'DONE',
    report: { counts: { lessons: 100, attachments: 100 } },
  });
  expect(await rows('select lesson_count as lessons from courses where instructor_id = $1', importing.ina.id)).toEqual([{ lessons: 100 }]);
  expect(await undoImport(importing.ctx, { importId })).toEqual({ kind: 'undone' });
});
