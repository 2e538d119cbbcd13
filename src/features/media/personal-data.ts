import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { type PersonalData, type PersonalFile, personalTable } from '#platform/personal-data.server.ts';
import { runtime } from '#platform/runtime.server.ts';

const filesAfter = statement<
  { id: string; key: string; name: string; contentType: string; sizeBytes: number },
  [userId: string, after: string, limit: number]
>(
  `select id, key, name, content_type as "contentType", size_bytes as "sizeBytes" from files
    where owner_id = $1::uuid and state = 'READY' and id > $2::uuid order by id limit $3`,
);

/** The picture's row goes; its bytes follow in the night, as all bytes without a row do. */
const deletePicture = statement<unknown, [key: string, userId: string]>('delete from files where key = $1 and owner_id = $2::uuid');

/** What is here of their bytes follows in the night, too. */
const deleteUnfinished = statement<unknown, [userId: string]>('delete from uploads where owner_id = $1::uuid and file_id is null');

/** What media keeps of a person: the files that they uploaded. Those that others' work needs stay when an account closes; the picture goes. */
export const mediaPersonalData: PersonalData = {
  feature: 'media',
  tables: [
    personalTable('files', {
      about: 'The files you uploaded. The files themselves are in the folder "files".',
      owner: 'owner_id',
      without: ['key', 'sha256', 'storage', 'variants'],
    }),
    personalTable('uploads', { about: 'The files you sent here in pieces, with those that have not arrived whole.', owner: 'owner_id' }),
    personalTable('storage_use', { about: 'How much room your files take.', owner: 'owner_id', key: 'owner_id' }),
  ],
  leftOut: {
    videos: 'What lessons show: the file that it was made of is handed out.',
    ladders: 'How far the school is with a film: the film itself is handed out.',
    rungs: 'What the school made of a film: the film itself is handed out.',
    captions: 'What lessons show: the file that they were made of is handed out.',
  },
  files: filesOf,
  async forget(ctx, { id, imageKey }) {
    await ctx.db.sql(deleteUnfinished, id);
    if (imageKey) await ctx.db.sql(deletePicture, imageKey, id);
  },
};

const pageRows = 200;

async function* filesOf(ctx: Context, userId: string): AsyncGenerator<PersonalFile> {
  const { storage } = runtime();
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const files = await ctx.db.sql(filesAfter, userId, after, pageRows);
    for (const { id, key, name, contentType, sizeBytes } of files) {
      // An upload whose bytes were lost must not keep the rest from its owner.
      if (sizeBytes === 0 || !(await storage.exists(key))) continue;
      const open = () => storage.getRange(key, { start: 0, end: sizeBytes - 1 });
      yield { path: `files/${id}-${safeName(name)}`, contentType, open };
    }
    const last = files.at(-1);
    if (!last || files.length < pageRows) return;
    after = last.id;
  }
}

/** A name that every system can unpack. */
function safeName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._ -]/gu, '_').slice(-100);
}
