import { redirect } from '@sveltejs/kit';
import { closeOwnAccount, isFresh, ownObstacles, signOut } from '#features/accounts/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import { refused, setCookies, textOf } from '../../../form-answers.ts';
import { requireFreshProofOrConfirm } from '../../confirm-first.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => ({
  email: requirePerson(ctx).email,
  obstacles: await ownObstacles(ctx),
  isFresh: isFresh(ctx.actor, ctx.now),
});

export const actions = {
  close: async (event) => {
    await requireFreshProofOrConfirm(event);
    const { ctx } = event.locals;
    const values = { email: textOf(await event.request.formData(), 'email') };
    const answer = await closeOwnAccount(ctx, values).catch((error: unknown) => refused(error, values));
    if (!('kind' in answer)) return answer;
    // The page itself says what is in the way.
    if (answer.kind === 'not-yet') return;
    setCookies(event.cookies, await signOut(ctx, { cookieHeader: event.request.headers.get('cookie') ?? '' }));
    redirect(303, '/account-closed');
  },
} satisfies Actions;
