import { cancelEmailChange, isFresh, isMailDelivered, ownEmailChange, requestEmailChange } from '#features/accounts/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import { clientOf, refused, textOf } from '../../form-answers.ts';
import { requireFreshProofOrConfirm } from '../confirm-first.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
  const { email, timeZone } = requirePerson(ctx);
  return { email, timeZone, change: await ownEmailChange(ctx), isFresh: isFresh(ctx.actor, ctx.now), mailDelivered: isMailDelivered() };
};

export const actions = {
  request: async (event) => {
    await requireFreshProofOrConfirm(event);
    const values = { email: textOf(await event.request.formData(), 'email') };
    try {
      await requestEmailChange(event.locals.ctx, { ...values, client: clientOf(event) });
      return { kind: 'sent' as const };
    } catch (error) {
      return refused(error, values);
    }
  },
  cancel: async ({ locals }) => {
    try {
      await cancelEmailChange(locals.ctx);
      return { kind: 'canceled' as const };
    } catch (error) {
      return refused(error, { email: '' });
    }
  },
} satisfies Actions;
