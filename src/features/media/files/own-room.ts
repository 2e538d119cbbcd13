import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { runtime } from '#platform/runtime.server.ts';
import { bytesInWords } from './bytes-in-words.ts';

const keptOf = statement<{ sizeBytes: number }, [ownerId: string]>(
  'select size_bytes::float8 as "sizeBytes" from storage_use where owner_id = $1::uuid',
);

/** How much room somebody's files take, in words: "3.4 GB of 200 GB". Admins have no bound. One query. */
export async function ownRoom(ctx: Context): Promise<string> {
  const person = requirePerson(ctx);
  const [kept] = await asActor(ctx, (sql) => sql(keptOf, person.id));
  const taken = bytesInWords(kept?.sizeBytes ?? 0);
  return person.role === 'ADMIN' ? taken : `${taken} of ${bytesInWords(runtime().config.uploads.quotaBytes)}`;
}
