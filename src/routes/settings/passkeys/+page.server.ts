import { isFresh, ownPasskeys, removePasskey, renamePasskey } from '#features/accounts/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import { refused, textOf } from '../../form-answers.ts';
import { requireFreshProofOrConfirm } from '../confirm-first.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
  const { timeZone } = requirePerson(ctx);
  return { timeZone, passkeys: await ownPasskeys(ctx), isFresh: isFresh(ctx.actor, ctx.now) };
};

export const actions = {
  rename: async ({ locals, request }) => {
    const form = await request.formData();
    const values = { id: textOf(form, 'id'), name: textOf(form, 'name') };
    try {
      await renamePasskey(locals.ctx, values);
      return { kind: 'renamed' as const };
    } catch (error) {
      return refused(error, values);
    }
  },
  remove: async (event) => {
    requireFreshProofOrConfirm(event);
    const values = { id: textOf(await event.request.formData(), 'id'), name: '' };
    try {
      return { kind: 'removed' as const, ...(await removePasskey(event.locals.ctx, values)) };
    } catch (error) {
      return refused(error, values);
    }
  },
} satisfies Actions;
