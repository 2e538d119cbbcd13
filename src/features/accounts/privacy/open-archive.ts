import type { Readable } from 'node:stream';
import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';

/** An archive that its owner may have. */
export interface OpenedArchive {
  name: string;
  sizeBytes: number;
  /** Its bytes from `start` to `end`, both included; nothing is read before. */
  read(range: { start: number; end: number }): Readable;
}

const readyArchive = statement<{ key: string; sizeBytes: number; createdAt: Date }, [id: string, userId: string, now: string]>(
  `select key, size_bytes as "sizeBytes", created_at as "createdAt" from data_exports
    where id = $1::uuid and user_id = $2::uuid and state = 'READY' and expires_at > $3::timestamptz`,
);

/** Opens the actor's own archive, as long as it is kept. For nobody else, an admin who acts as them included. */
export async function openArchive(ctx: Context, input: { id: string }): Promise<OpenedArchive> {
  const { id: userId } = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  const [archive] = isId(input.id) ? await asActor(ctx, (sql) => sql(readyArchive, input.id, userId, ctx.now.toISOString())) : [];
  if (!archive) throw new AppError('not-found', 'There is no such archive, or it is no longer kept.');
  const { key, sizeBytes, createdAt } = archive;
  return {
    name: `lyceum-data-${createdAt.toISOString().slice(0, 10)}.zip`,
    sizeBytes,
    read: (range) => runtime().storage.getRange(key, range),
  };
}
