import { PassThrough, type Readable } from 'node:stream';
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
  zip.on('error', (error: Error) => content.destroy(error));
  zip.outputStream.on('error', (error: Error) => content.destroy(error));
  zip.outputStream.pipe(content);
  zip.addBuffer(Buffer.from(JSON.stringify(document, null, 1)), 'course.json', { mtime: ctx.now });
  for (const [path, key] of keys) {
    // Films and pictures are packed already; what opens when its turn comes holds no descriptor before.
    zip.addReadStreamLazy(path, { mtime: ctx.now, compress: false }, (give) => {
      runtime()
        .storage.getStream(key)
        .then(
          (stream) => give(null, stream),
          (error: Error) => give(error, content),
        );
    });
  }
  zip.end();
  return { name: `${document.course.slug}-${ctx.now.toISOString().slice(0, 10)}.zip`, content };
}
