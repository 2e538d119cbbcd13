import { mkdir, statfs } from 'node:fs/promises';
import { z } from 'zod';
import { type Context, type Person, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { parseInput } from '#platform/input.ts';
import { runtime } from '#platform/runtime.server.ts';
import { bytesInWords } from '../files/bytes-in-words.ts';
import { mayUpload } from '../policy.ts';
import { purposes } from './purposes.ts';

const beginnings = { name: 'upload', attempts: 600, perSeconds: 3600 };
/** Uploads that a person may have on their way at a time. */
const mostAtOnce = 100;
/** What a disk keeps free for the database and everything else. */
const keptFreeBytes = 512 * 1024 ** 2;

const schema = z.object({
  id: z.uuid(),
  purpose: z.enum(Object.keys(purposes) as [keyof typeof purposes], 'Say what the file is for.'),
  name: z
    .string()
    .transform((name) =>
      name
        .replace(/[\p{C}/\\]+/gu, ' ')
        .trim()
        .slice(-200)
        .trim(),
    )
    .transform((name) => name || 'file'),
  sizeBytes: z.int('Say how large the file is.').min(1, 'The file is empty.'),
});

/** Whoever begins holds their own row first: two beginnings at once never count the same room. */
const holdOwner = statement<unknown, [string]>("select pg_advisory_xact_lock(hashtextextended('uploads of ' || $1, 0))");
const roomOf = statement<{ keptBytes: number; onTheWay: number; onTheWayBytes: number }, [string]>(
  `select coalesce((select size_bytes from storage_use where owner_id = $1::uuid), 0)::float8 as "keptBytes",
          count(*)::int as "onTheWay", coalesce(sum(size_bytes), 0)::float8 as "onTheWayBytes"
     from uploads where owner_id = $1::uuid and file_id is null`,
);

/** Begins an upload of the acting person's: looks whether they may, whether it is not too large, and keeps room for it. */
export async function beginUpload(ctx: Context, input: { id: string; purpose: unknown; name: string; sizeBytes: unknown }): Promise<void> {
  const person = requirePerson(ctx);
  if (!mayUpload(person)) throw new AppError('forbidden', 'Only instructors upload files.');
  await runtime().rateLimiter.attempt(beginnings, person.id);
  const { id, purpose, name, sizeBytes } = parseUpload(input);
  const { largestBytes } = runtime().config.uploads;
  const most = Math.min(purposes[purpose].largestBytes ?? largestBytes, largestBytes);
  if (sizeBytes > most)
    throw new AppError('invalid', `“${name}” has ${bytesInWords(sizeBytes)}. The most that is taken here is ${bytesInWords(most)}.`);
  await refuseFullDisk(sizeBytes);
  await inTransaction(ctx, async (ctx) => {
    await ctx.db.sql(holdOwner, person.id);
    await refuseFullRoom(ctx, person, sizeBytes);
    const data = {
      id,
      ownerId: person.id,
      purpose: purpose.toUpperCase() as Uppercase<typeof purpose>,
      name,
      sizeBytes,
      createdAt: ctx.now,
    };
    await ctx.db.prisma.upload.create({ data });
  });
}

/** The first thing that is wrong is the sentence: there is no form whose fields could carry the others. */
function parseUpload(input: unknown): z.output<typeof schema> {
  try {
    return parseInput(schema, input);
  } catch (error) {
    const [first] = error instanceof AppError ? Object.values(error.fields) : [];
    throw first ? new AppError('invalid', first, { cause: error }) : error;
  }
}

async function refuseFullRoom(ctx: Context, person: Person, sizeBytes: number): Promise<void> {
  const { quotaBytes } = runtime().config.uploads;
  const [room] = await ctx.db.sql(roomOf, person.id);
  if (room!.onTheWay >= mostAtOnce) throw new AppError('invalid', 'Too many uploads are on their way. Let some arrive first.');
  const leftBytes = quotaBytes - room!.keptBytes - room!.onTheWayBytes;
  if (person.role !== 'ADMIN' && sizeBytes > leftBytes)
    throw new AppError(
      'invalid',
      `There is no room left for ${bytesInWords(sizeBytes)}: your files may have ${bytesInWords(quotaBytes)}, and ${bytesInWords(Math.max(0, leftBytes))} of it are free. Whoever runs the school can allow more.`,
    );
}

async function refuseFullDisk(sizeBytes: number): Promise<void> {
  const { folder } = runtime().config.uploads;
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize - sizeBytes < keptFreeBytes)
    throw new AppError('unavailable', 'The school’s disk has no room for this file. Tell whoever runs the school.');
}
