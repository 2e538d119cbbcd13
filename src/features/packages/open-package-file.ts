import type { Readable } from 'node:stream';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { runtime } from '#platform/runtime.server.ts';
import { openSeal } from './seal.ts';

interface Row {
  key: string;
  contentType: string;
  sizeBytes: number;
}

const fileByPath = statement<Row, [lessonId: string, edition: number, path: string]>(
  `select f.key, f.content_type as "contentType", f.size_bytes as "sizeBytes"
     from packages p join package_files f on f.lesson_id = p.lesson_id and f.path = $3
    where p.lesson_id = $1::uuid and p.edition = $2`,
);

/** A file of a package, ready to be sent. */
export interface PackageFileToSend {
  contentType: string;
  sizeBytes: number;
  tag: string;
  read(range: { start: number; end: number }): Readable;
}

/** Opens a file of a package through its sealed address. Absent, exchanged and forbidden look alike. */
export async function openPackageFile(ctx: Context, input: { seal: string; path: string }): Promise<PackageFileToSend> {
  const { lessonId, edition } = openSeal(ctx, input.seal);
  const [row] = await ctx.db.sql(fileByPath, lessonId, edition, input.path);
  if (!row) throw new AppError('not-found', 'There is no such file in the package.');
  const { key, contentType, sizeBytes } = row;
  return { contentType, sizeBytes, tag: key.slice(-32), read: (range) => runtime().storage.getRange(key, range) };
}
