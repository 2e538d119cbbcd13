import type { Readable } from 'node:stream';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { runtime } from '#platform/runtime.server.ts';
import { isSealGood } from './signed-link.ts';
import type { Variant, Visibility } from './stored-file.ts';

/** A file that may be handed out. */
export interface OpenedFile {
  name: string;
  contentType: string;
  sizeBytes: number;
  /** Changes when the bytes do. */
  tag: string;
  isPublic: boolean;
  /** Its bytes from `start` to `end`, both included; nothing is read before. */
  read(range: { start: number; end: number }): Readable;
}

interface Row {
  name: string;
  content_type: string;
  size_bytes: number;
  visibility: Visibility;
  variants: Variant[];
}

const fileByKey = statement<Row, [string]>(
  "select name, content_type, size_bytes, visibility, variants from files where key = $1 and state = 'READY'",
);

const keyForm = /^([0-9a-f]{2}\/[0-9a-f]{62})(-\d{2,4})?(\.[a-z0-9]{2,5})$/;

/** Opens a file by its key: a public one for everybody, a private one only through a link that was signed for the actor. Absent and forbidden look alike. */
export async function openFile(ctx: Context, input: { key: string; until: string | null; seal: string | null }): Promise<OpenedFile> {
  const [, base, size, ending] = keyForm.exec(input.key) ?? [];
  const [row] = base === undefined ? [] : await ctx.db.sql(fileByKey, `${base}${ending}`);
  const bytes =
    row && size
      ? row.variants.find((variant) => variant.key === input.key)
      : row && { contentType: row.content_type, sizeBytes: row.size_bytes };
  if (!row || !bytes || (row.visibility === 'PRIVATE' && !isSealGood(ctx, `${base}${ending}`, input)))
    throw new AppError('not-found', 'There is no such file, or the link to it has expired.');
  return {
    name: row.name,
    contentType: bytes.contentType,
    sizeBytes: bytes.sizeBytes,
    tag: input.key,
    isPublic: row.visibility === 'PUBLIC',
    read: (range) => runtime().storage.getRange(input.key, range),
  };
}
