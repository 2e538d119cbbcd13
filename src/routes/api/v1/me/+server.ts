import { ownIdentity } from '#features/accounts/index.server.ts';
import { answer } from '../../answer.ts';
import type { RequestHandler } from './$types';

/** Whose API key this is. */
export const GET: RequestHandler = ({ locals }) => answer(() => ownIdentity(locals.ctx));
