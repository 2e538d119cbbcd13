import { exportStatement } from '#features/commerce/index.server.ts';
import { csvFile } from '../../../csv-file.ts';
import type { RequestHandler } from './$types';

/** The statement of whoever asks as a file: of one month, or all of it. */
export const GET: RequestHandler = ({ locals: { ctx }, url }) =>
  csvFile(exportStatement(ctx, { month: url.searchParams.get('month') }), 'revenue', ctx.now);
