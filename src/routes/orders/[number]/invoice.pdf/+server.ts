import { orderPaper } from '#features/commerce/index.server.ts';
import { pdfAnswer } from '../../pdf-answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, request }) =>
  pdfAnswer(request, await orderPaper(locals.ctx, { number: params.number, paper: { kind: 'invoice' } }));
