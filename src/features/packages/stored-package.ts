import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Transform } from 'node:stream';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { runtime } from '#platform/runtime.server.ts';
import { contentTypeOf } from './content-type.ts';
import type { PackageManifest } from './manifest/read-manifest.ts';

/** A package that was read, with its files on this machine's disk. */
export interface ReadPackage {
  manifest: PackageManifest;
  files: readonly { path: string; sizeBytes: number; diskPath: string }[];
}

/** A package whose bytes are in the storage, and which no lesson has yet. */
export interface StoredPackage {
  manifest: PackageManifest;
  files: { path: string; key: string; contentType: string; sizeBytes: number }[];
  sha256: string;
}

/** Stores the files of a package, streaming. `into` is filled as it goes, so that a failure can be cleaned up. */
export async function storePackage({ manifest, files }: ReadPackage, into: { key: string }[]): Promise<StoredPackage> {
  const stored: StoredPackage['files'] = [];
  for (const { path, diskPath } of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const meter = new Hash();
    const received = await runtime().storage.receive(createReadStream(diskPath), meter);
    const sha256 = meter.hash.digest('hex');
    const key = `packages/${sha256.slice(0, 2)}/${sha256.slice(2)}`;
    await runtime().storage.settle(received, key);
    into.push({ key });
    stored.push({ path, key, contentType: contentTypeOf(path), sizeBytes: meter.sizeBytes });
  }
  const all = createHash('sha256');
  for (const { path, key } of stored) all.update(`${path}\0${key}\n`);
  return { manifest, files: stored, sha256: all.digest('hex') };
}

class Hash extends Transform {
  readonly hash = createHash('sha256');
  sizeBytes = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null, data?: Buffer) => void): void {
    this.sizeBytes += chunk.length;
    this.hash.update(chunk);
    done(null, chunk);
  }
}

const namedKeys = statement<{ key: string }, [keys: string[]]>('select distinct key from package_files where key = any ($1)');

/** Takes the bytes of a package back out of the storage that no lesson has. */
export async function discardPackage(ctx: Context, files: readonly { key: string }[]): Promise<void> {
  const keys = [...new Set(files.map(({ key }) => key))];
  const named = new Set((await ctx.db.sql(namedKeys, keys)).map(({ key }) => key));
  for (const key of keys) if (!named.has(key)) await runtime().storage.delete(key);
}
