import { exportPeople } from '#features/accounts/index.server.ts';
import { textStream } from '#platform/http/text-stream.ts';
import type { RequestHandler } from './$types';

/** The people of the list's filter as a file, sent while it is read. */
export const GET: RequestHandler = ({ locals, url }) => {
  const wish = (name: string) => url.searchParams.get(name);
  const pieces = exportPeople(locals.ctx, { search: wish('search'), role: wish('role'), state: wish('state') });
  return new Response(textStream(pieces), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="people-${locals.ctx.now.toISOString().slice(0, 10)}.csv"`,
    },
  });
};
