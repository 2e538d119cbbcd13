import { type Context, requirePerson } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { type FileId, isId } from '#platform/ids.ts';
import { signedFileUrl } from '../files/signed-link.ts';
import type { ContentType } from '../files/sniff.ts';
import { fileUrl, type Visibility } from '../files/stored-file.ts';
import { purposes, type UploadPurpose } from './purposes.ts';

/** A file as whoever uploaded it hears of it. */
export interface UploadedFile {
  id: FileId;
  key: string;
  name: string;
  contentType: string;
  sizeBytes: number;
  /** Where its owner finds it. */
  url: string;
  width: number | null;
  height: number | null;
}

const fileById = statement<Omit<UploadedFile, 'url'> & { visibility: Visibility }, [id: string, ownerId: string]>(
  `select id, key, name, content_type as "contentType", size_bytes::float8 as "sizeBytes", width, height, visibility
     from files where id = $1::uuid and owner_id = $2::uuid and state = 'READY'`,
);

/**
 * A file that the acting person uploaded, for whoever was handed its id by a form. Refuses with `invalid` one of somebody else, one that is not there,
 * and one that is not of the kind. An id that stands there already need not be asked for: a co-instructor's film stays where it is.
 */
export async function ownFile(ctx: Context, input: { fileId: string; purpose: UploadPurpose }): Promise<UploadedFile> {
  const person = requirePerson(ctx);
  if (input.fileId === '') throw new AppError('invalid', 'Choose a file, and wait until it has arrived.');
  const [row] = isId(input.fileId) ? await ctx.db.sql(fileById, input.fileId, person.id) : [];
  if (!row) throw new AppError('invalid', 'This file is not among your uploads. Choose it again.');
  const { visibility, ...file } = row;
  const { types, wanted } = purposes[input.purpose];
  // A picture is kept as WebP, which is among the types of pictures too.
  if (!types.includes(file.contentType as ContentType)) throw new AppError('invalid', `“${file.name}” is not ${wanted}.`);
  return { ...file, url: visibility === 'PUBLIC' ? fileUrl(file.key) : signedFileUrl(ctx, file.key) };
}
