import { Readable, Transform } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Context } from '#platform/context.ts';
import { type PersonalTable, personalData, rowsOf } from '#platform/personal-data.server.ts';
import { runtime } from '#platform/runtime.server.ts';

interface Owner {
  id: string;
  name: string;
  email: string;
}

/** Streams everything of a person into one zip under a key of the storage, which has all of it or nothing. Gives its size in bytes. */
export async function writeArchive(ctx: Context, owner: Owner, key: string): Promise<number> {
  const { storage } = runtime();
  const zip = new ZipFile();
  const counter = new Counter();
  zip.on('error', (error: Error) => (zip.outputStream as Readable).destroy(error));
  const received = storage.receive(zip.outputStream as Readable, counter);
  received.catch(() => undefined);
  const add: Add = async (path, stream, compress = true) => {
    zip.addReadStream(stream, path, { mtime: ctx.now, compress });
    // One after the other; a storage that fails ends the waiting.
    await Promise.race([finished(stream), received]);
  };
  try {
    const contents = await addTables(ctx, owner, add);
    const fileCount = await addFiles(ctx, owner, add);
    zip.addBuffer(Buffer.from(readme(ctx, owner, contents, fileCount)), 'README.txt', { mtime: ctx.now });
    zip.end();
  } catch (error) {
    (zip.outputStream as Readable).destroy(error as Error);
    await received.catch(() => undefined);
    throw error;
  }
  await storage.settle(await received, key);
  return counter.sizeBytes;
}

type Add = (path: string, stream: Readable, compress?: boolean) => Promise<void>;

/** Every table with a row of the person, and what each is. */
async function addTables(ctx: Context, owner: Owner, add: Add): Promise<string[]> {
  const contents: string[] = [];
  for (const { feature, tables } of personalData()) {
    for (const table of tables) {
      const rows = rowsOf(ctx, table, owner.id);
      const first = await rows.next();
      if (first.done) continue;
      const path = pathOf(feature, table);
      await add(path, Readable.from(jsonOf(first.value, rows)));
      contents.push(`${path}\n    ${table.about}`);
    }
  }
  return contents;
}

async function addFiles(ctx: Context, owner: Owner, add: Add): Promise<number> {
  let count = 0;
  for (const { files } of personalData()) {
    for await (const file of files?.(ctx, owner.id) ?? []) {
      // Pictures, films and archives are as small as they get.
      await add(file.path, file.open(), /^text\/|json|svg|pdf/.test(file.contentType));
      count += 1;
    }
  }
  return count;
}

function pathOf(feature: string, { table }: PersonalTable): string {
  return `${feature}/${table.replaceAll('_', '-')}.json`;
}

async function* jsonOf(first: Record<string, unknown>, rest: AsyncIterable<Record<string, unknown>>): AsyncGenerator<string> {
  yield `[\n${JSON.stringify(first)}`;
  for await (const row of rest) yield `,\n${JSON.stringify(row)}`;
  yield '\n]\n';
}

function readme(ctx: Context, owner: Owner, contents: readonly string[], fileCount: number): string {
  const lines = [
    `Everything that the school ${new URL(runtime().config.origin).host} keeps of ${owner.name} (${owner.email}),`,
    `put together on ${ctx.now.toISOString().slice(0, 16).replace('T', ' at ')} UTC.`,
    '',
    'Each .json file is a list: one entry for each thing the school keeps. Any text editor opens them. Times are in UTC.',
    'Passwords, keys and other secrets are left out, as is what belongs to other people.',
    '',
    ...contents,
  ];
  if (fileCount > 0) lines.push('files/', `    The files you uploaded: ${fileCount}.`);
  return `${lines.join('\n')}\n`;
}

/** Lets bytes pass and counts them. */
class Counter extends Transform {
  sizeBytes = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null, data?: Buffer) => void): void {
    this.sizeBytes += chunk.length;
    done(null, chunk);
  }
}
