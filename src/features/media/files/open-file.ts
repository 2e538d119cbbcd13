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
  /** Whether others may get other bytes under this key, by what their browser reads. */
  isChosen: boolean;
  /** Its bytes from `start` to `end`, both included; nothing is read before. */
  read(range: { start: number; end: number }): Readable;
}

interface Row {
  name: string;
  content_type: string;
  size_bytes: number;
  visibility: Visibility;
  width: number | null;
  variants: Variant[];
}

const fileByKey = statement<Row, [string]>(
  "select name, content_type, size_bytes, visibility, variants, width from files where key = $1 and state = 'READY'",
);

const keyForm = /^([0-9a-f]{2}\/[0-9a-f]{62})(-\d{2,4})?(\.[a-z0-9]{2,5})$/;

/**
 * Opens a file by its key: a public one for everybody, a private one only through a link that was signed for the actor. Absent and forbidden look
 * alike. Who reads AVIF gets a picture as that, where it is smaller, under the address that every page names.
 */
export async function openFile(
  ctx: Context,
  input: { key: string; until: string | null; seal: string | null; readsAvif?: boolean },
): Promise<OpenedFile> {
  const [, base, size, ending] = keyForm.exec(input.key) ?? [];
  const [row] = base === undefined ? [] : await ctx.db.sql(fileByKey, `${base}${ending}`);
  const named = row && bytesOf(row, `${base}${ending}`, size);
  if (!row || !named || (row.visibility === 'PRIVATE' && !isSealGood(ctx, `${base}${ending}`, input)))
    throw new AppError('not-found', 'There is no such file, or the link to it has expired.');
  const avif = row.variants.find((variant) => variant.key === `${base}${size ?? `-${row.width}`}.avif`);
  const { key, contentType, sizeBytes } = (input.readsAvif && avif) || named;
  return {
    name: row.name,
    contentType,
    sizeBytes,
    tag: key,
    isPublic: row.visibility === 'PUBLIC',
    isChosen: avif !== undefined,
    read: (range) => runtime().storage.getRange(key, range),
  };
}

function bytesOf(row: Row, key: string, size: string | undefined): Pick<Variant, 'key' | 'contentType' | 'sizeBytes'> | undefined {
  if (size === undefined) return { key, contentType: row.content_type, sizeBytes: row.size_bytes };
  return row.variants.find((variant) => variant.key === key.replace(/\.\w+$/, `${size}$&`));
}
