import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId, type VideoId } from '#platform/ids.ts';

const set = statement<{ id: string }, [videoId: string, fileId: string, ownerId: string, now: string]>(`
  update videos set poster_file_id = $2::uuid, updated_at = $4::timestamptz
   where id = $1::uuid and provider = 'FILE'
     and exists (select from files where id = $2::uuid and owner_id = $3::uuid and state = 'READY' and content_type like 'image/%') returning id`);

/** Makes an uploaded picture of the actor's the poster of a film. DANGEROUS: whoever calls has made sure that the actor may change what shows it. */
export async function putPoster(ctx: Context, { videoId, fileId }: { videoId: VideoId; fileId: string }): Promise<void> {
  const person = requirePerson(ctx);
  const done = isId(fileId) ? await inTransaction(ctx, (ctx) => ctx.db.sql(set, videoId, fileId, person.id, ctx.now.toISOString())) : [];
  if (done.length === 0) throw new AppError('invalid', 'Choose a picture.', { fields: { posterFileId: 'Choose a picture.' } });
}
