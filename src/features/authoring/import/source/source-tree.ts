import type { Item } from '../report.ts';

/** A file of what is imported. */
export interface SourceFile {
  /** From the root of the source, with `/` between. */
  path: string;
  sizeBytes: number;
  /** Where its bytes lie on this machine while the source is open. */
  diskPath: string;
}

/** An opened folder or archive. Nothing in it leads out of it. */
export interface SourceTree {
  /** What the folder or archive is called. */
  name: string;
  files: ReadonlyMap<string, SourceFile>;
  /** What was not even opened, and why. */
  leftOut: readonly Item[];
  /** Lets go of what was unpacked. */
  close(): Promise<void>;
}

/** What an import takes at the most. */
export const limits = {
  files: 10_000,
  /** Files, folders and links together. */
  entries: 30_000,
  /** Of one entry of a tar archive, before its content begins. */
  headerBytes: 4 * 1024 * 1024,
  depth: 16,
  textBytes: 2 * 1024 * 1024,
  /** Unpacked, all files of an archive together. */
  unpackedBytes: 4 * 1024 ** 3,
  /** Unpacked bytes for each byte of the archive; real courses stay below 20. */
  ratio: 100,
  /** Small archives may have any ratio up to here. */
  unsuspiciousBytes: 32 * 1024 * 1024,
};

/** Files and folders that programs leave behind and nobody wrote. */
export function isClutter(name: string): boolean {
  return name.startsWith('.') || ['__MACOSX', 'node_modules', 'Thumbs.db', 'desktop.ini'].includes(name);
}
