import { exportReport } from '#features/commerce/index.server.ts';
import { csvFile } from '../../../csv-file.ts';
import type { RequestHandler } from './$types';

/** All lines of a report as a file. */
export const GET: RequestHandler = ({ locals: { ctx }, url }) => {
  const wish = (name: string) => url.searchParams.get(name);
  return csvFile(exportReport(ctx, { from: wish('from'), to: wish('to'), by: wish('by') }), 'report', ctx.now);
};
