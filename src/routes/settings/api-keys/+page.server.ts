import { createApiKey, isFresh, listApiKeys, revokeApiKey } from '#features/accounts/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import { refused, textOf } from '../../form-answers.ts';
import { requireFreshProofOrConfirm } from '../confirm-first.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => ({
  keys: await listApiKeys(ctx),
  timeZone: requirePerson(ctx).timeZone,
  isFresh: isFresh(ctx.actor, ctx.now),
});

export const actions = {
  create: async (event) => {
    await requireFreshProofOrConfirm(event);
    const form = await event.request.formData();
    const values = { name: textOf(form, 'name'), days: textOf(form, 'days'), scopes: form.getAll('scopes').map(String).join(' ') };
    try {
      const days = values.days === '' ? null : Number(values.days);
      const { key } = await createApiKey(event.locals.ctx, { name: values.name, scopes: values.scopes.split(' ').filter(Boolean), days });
      return { kind: 'made' as const, name: values.name.trim(), key };
    } catch (error) {
      return refused(error, values);
    }
  },
  revoke: async ({ request, locals }) => {
    const id = textOf(await request.formData(), 'id');
    try {
      await revokeApiKey(locals.ctx, { id });
      return { kind: 'revoked' as const };
    } catch (error) {
      return refused(error, { name: '', days: '', scopes: '' });
    }
  },
} satisfies Actions;
