import { exportPayouts } from '#features/commerce/index.server.ts';
import { csvFile } from '../../../csv-file.ts';
import type { RequestHandler } from './$types';

/** Every payout as a file. */
export const GET: RequestHandler = ({ locals: { ctx } }) => csvFile(exportPayouts(ctx), 'payouts', ctx.now);
