import { createHash } from 'node:crypto';
import type { FileId, UserId } from '#platform/ids.ts';

export type Visibility = 'PUBLIC' | 'PRIVATE';

/** A picture in another size, or encoded in another way. */
export interface Variant {
  key: string;
  width: number;
  height: number;
  contentType: string;
  sizeBytes: number;
}

/** A file whose bytes are in the storage, with or without its row yet. */
export interface StoredFile {
  id: FileId;
  key: string;
  name: string;
  contentType: string;
  sizeBytes: number;
  sha256: string;
  visibility: Visibility;
  ownerId: UserId | null;
  width: number | null;
  height: number | null;
  variants: Variant[];
  /** Whether its row is there already: the same bytes were stored before. */
  isRecorded: boolean;
}

/**
 * The key of a file: a hash of whose it is, who may see it, and its bytes. So the same bytes stored twice are one file, two owners never share
 * one, and knowing the bytes of somebody's file does not tell its address.
 */
export function keyOf(file: { ownerId: UserId | null; visibility: Visibility; sha256: string; form: string }, ending: string): string {
  const hash = createHash('sha256')
    .update([file.ownerId ?? 'school', file.visibility, file.form, file.sha256].join('\n'))
    .digest('hex');
  return `${hash.slice(0, 2)}/${hash.slice(2)}.${ending}`;
}

/** The sizes of a picture that pages name. What is kept as AVIF beside has no address that a page would need: see `openFile`. */
export function namedSizes<Size extends { key: string }>(variants: readonly Size[]): Size[] {
  return variants.filter((variant) => !variant.key.endsWith('.avif'));
}

/** The public address of a stored file. */
export function fileUrl(key: string): string {
  return `/files/${key}`;
}
