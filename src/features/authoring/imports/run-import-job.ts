import { z } from 'zod';
import { findPersonByEmail } from '#features/accounts/index.server.ts';
import { removeUnusedFiles } from '#features/media/index.server.ts';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { FileId } from '#platform/ids.ts';
import { defineJob, type JobRun } from '#platform/jobs.server.ts';
import { requestContext, runtime } from '#platform/runtime.server.ts';
import { failImport, runImport } from './run-import.ts';

interface Waiting {
  email: string;
  fileId: FileId | null;
  key: string | null;
  name: string;
}

const waiting = statement<Waiting, [string]>(`
  select u.email, i.file_id as "fileId", f.key, i.name from imports i join users u on u.id = i.owner_id left join files f on f.id = i.file_id
   where i.id = $1::uuid and i.state in ('QUEUED', 'RUNNING')`);

/** Makes a course of an uploaded package, as the person who uploaded it. */
export const runImportJob = defineJob({
  name: 'authoring.runImport',
  schema: z.object({ importId: z.uuid() }),
  maxAttempts: 3,
  handler: (ctx, { importId }, run) => work(ctx, importId, run),
});

async function work(system: Context, importId: string, run: JobRun | undefined): Promise<void> {
  const [row] = await system.db.sql(waiting, importId);
  if (!row) return;
  const owner = await findPersonByEmail(system, { email: row.email });
  if (!owner || row.key === null || row.fileId === null) {
    await failImport(system, { importId, message: 'The package is not there anymore. Upload it again.' });
    return;
  }
  // Not as the program: what its owner may not do, an import does not do for them.
  const ctx = requestContext(owner, system.requestId, system.now);
  try {
    await runtime().storage.withLocalCopy(row.key, (path) => runImport(ctx, { importId, path, name: row.name }));
  } catch (error) {
    // A refusal stands in the row already; trying again would end the same.
    if (!(error instanceof AppError)) {
      if (!run?.isLast) throw error;
      await failImport(ctx, { importId, message: 'Something went wrong on our side, three times. Nothing was imported. Tell whoever runs the school.' });
      throw error;
    }
  }
  await removeUnusedFiles(ctx, { fileIds: [row.fileId], named: new Set() });
}
