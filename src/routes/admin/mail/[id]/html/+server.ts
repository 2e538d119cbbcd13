import { mailMessage } from '#features/notifications/index.server.ts';
import { framedMail } from '../../framed-mail.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => framedMail((await mailMessage(locals.ctx, { id: params.id })).html);
