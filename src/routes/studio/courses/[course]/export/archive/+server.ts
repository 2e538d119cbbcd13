import { Readable } from 'node:stream';
import { exportCourse } from '#features/authoring/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import type { RequestHandler } from './$types';

/** The course as an archive, sent while it is packed. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
  requirePerson(ctx);
  const { name, content } = await exportCourse(ctx, { courseSlug: params.course });
  return new Response(Readable.toWeb(content) as ReadableStream, {
    headers: { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${name}"` },
  });
};
