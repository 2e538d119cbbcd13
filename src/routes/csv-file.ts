import { textStream } from '#platform/http/text-stream.ts';

/** A file of rows, sent while it is read, with the day in its name. */
export function csvFile(pieces: AsyncGenerator<string>, name: string, now: Date): Response {
  return new Response(textStream(pieces), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}-${now.toISOString().slice(0, 10)}.csv"`,
    },
  });
}
