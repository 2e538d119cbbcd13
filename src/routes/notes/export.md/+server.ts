import { exportNotes } from '#features/learning/index.server.ts';
import { textStream } from '#platform/http/text-stream.ts';
import type { RequestHandler } from './$types';

/** The person's notes as Markdown, of one course or of all, sent while they are read. */
export const GET: RequestHandler = ({ locals, url }) => {
  const course = url.searchParams.get('course');
  const pieces = exportNotes(locals.ctx, { course });
  const of = course ? `${course.replace(/[^a-z0-9-]/g, '').slice(0, 80)}-` : '';
  return new Response(textStream(pieces), {
    headers: {
      'content-type': 'text/markdown; charset=utf-8',
      'content-disposition': `attachment; filename="notes-${of}${locals.ctx.now.toISOString().slice(0, 10)}.md"`,
    },
  });
};
