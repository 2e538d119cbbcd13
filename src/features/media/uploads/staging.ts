import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';

/** Where the bytes of an upload wait until all are here. */
export function stagingPath(uploadId: string): string {
  if (!isId(uploadId)) throw new Error('An upload is known by its id');
  return join(runtime().config.uploads.folder, uploadId);
}

/** How many of an upload's bytes are here and when the last came; undefined before the first. */
export async function stagedBytes(uploadId: string): Promise<{ sizeBytes: number; lastAt: Date } | undefined> {
  const found = await stat(stagingPath(uploadId)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return found && { sizeBytes: found.size, lastAt: found.mtime };
}

/** Removes the waiting bytes of an upload. */
export async function clearStaging(uploadId: string): Promise<void> {
  await rm(stagingPath(uploadId), { force: true });
}
