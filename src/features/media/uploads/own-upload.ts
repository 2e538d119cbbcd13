import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { type FileId, isId, type UserId } from '#platform/ids.ts';
import type { UploadPurpose } from './purposes.ts';

export interface OwnUpload {
  id: string;
  ownerId: UserId;
  purpose: UploadPurpose;
  name: string;
  sizeBytes: number;
  /** The file that it became. */
  fileId: FileId | null;
}

const uploadById = statement<OwnUpload, [id: string, ownerId: string]>(
  `select id, owner_id as "ownerId", lower(purpose::text) as purpose, name, size_bytes::float8 as "sizeBytes", file_id as "fileId"
     from uploads where id = $1::uuid and owner_id = $2::uuid`,
);

/** An upload of the acting person's. Another's and one that is not there look alike. */
export async function ownUpload(ctx: Context, { uploadId }: { uploadId: string }): Promise<OwnUpload> {
  const { actor } = ctx;
  const [row] = actor.kind === 'person' && isId(uploadId) ? await asActor(ctx, (sql) => sql(uploadById, uploadId, actor.id)) : [];
  if (!row) throw new AppError('not-found', 'This upload is not here anymore. Choose the file again.');
  return row;
}
