import { askForData, isFresh, ownData } from '#features/accounts/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import { refused } from '../../form-answers.ts';
import { requireFreshProofOrConfirm } from '../confirm-first.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => ({
  ...(await ownData(ctx)),
  timeZone: requirePerson(ctx).timeZone,
  isFresh: isFresh(ctx.actor, ctx.now),
});

export const actions = {
  ask: async (event) => {
    await requireFreshProofOrConfirm(event);
    try {
      return await askForData(event.locals.ctx);
    } catch (error) {
      return refused(error, {});
    }
  },
} satisfies Actions;
