import { PassThrough, pipeline, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Context } from '#platform/context.ts';
import { runtime } from '#platform/runtime.server.ts';
import { readArchive } from './read-archive.ts';

/** An archive on its way out. */
export interface ExportedCourse {
  name: string;
  content: Readable;
}

/**
 * A course as an archive that can be imported into this school or another: all of its content and none of its people. It is packed as it is read, one
 * file after the other, and never held as a whole.
 */
export async function exportCourse(ctx: Context, input: { courseSlug: string }): Promise<ExportedCourse> {
  const { document, keys } = await readArchive(ctx, input);
  const zip = new ZipFile();
  const content = new PassThrough();
  let reading: Readable | undefined;
  // Whoever goes away in the middle ends the packing, and nothing stays open. What fails is heard by whoever reads, and not a second time by the process.
  const fail = (error: Error) => content.destroy(error);
  for (const stream of [content, zip.outputStream]) stream.on('error', () => undefined);
  zip.on('error', fail);
  pipeline(zip.outputStream, content, () => reading?.destroy());
  zip.addBuffer(Buffer.from(JSON.stringify(document, null, 1)), 'course.json', { mtime: ctx.now });
  for (const [path, key] of keys) {
    // Films and pictures are packed already; what opens when its turn comes holds no descriptor before.
    zip.addReadStreamLazy(path, { mtime: ctx.now, compress: false }, (give) => {
      if (content.destroyed) return;
      runtime()
        .storage.getStream(key)
        .then((stream) => {
          // The library does not listen for what a reading fails of.
          reading = stream.once('error', fail);
          if (content.destroyed) stream.destroy();
          else give(null, stream);
        }, fail);
    });
  }
  zip.end();
  return { name: `${document.course.slug}-${ctx.now.toISOString().slice(0, 10)}.zip`, content };
}
