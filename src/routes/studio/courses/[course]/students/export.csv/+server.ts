import { exportStudents } from '#features/learning/index.server.ts';
import { textStream } from '#platform/http/text-stream.ts';
import type { RequestHandler } from './$types';

/** The students of the list's filter as a file, sent while it is read. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const wish = (name: string) => url.searchParams.get(name);
  const pieces = await exportStudents(locals.ctx, { slug: params.course, search: wish('search'), state: wish('state') });
  return new Response(textStream(pieces), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="students-${locals.ctx.now.toISOString().slice(0, 10)}.csv"`,
    },
  });
};
