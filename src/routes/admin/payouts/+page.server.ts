import { redirect } from '@sveltejs/kit';
import { makePayout, markPayoutPaid, payoutsPage, returnPayout } from '#features/commerce/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import { refused, textOf } from '../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const asked = { month: url.searchParams.get('month'), from: url.searchParams.get('from'), before: url.searchParams.get('before') };
  const { locale, timeZone } = requirePerson(ctx);
  return { ...(await payoutsPage(ctx, asked)), asked, locale, timeZone, done: url.searchParams.get('done') };
};

const monthOf = (form: FormData) => (/^\d{4}-\d{2}$/.test(textOf(form, 'month')) ? `month=${textOf(form, 'month')}&` : '');

export const actions = {
  make: async ({ locals, request }) => {
    const form = await request.formData();
    const values = { personId: textOf(form, 'personId'), currency: textOf(form, 'currency'), month: textOf(form, 'month') };
    const answer = await makePayout(locals.ctx, { ...values, amount: Number(textOf(form, 'amount')) }).catch((error: unknown) =>
      refused(error, values),
    );
    if (typeof answer !== 'string') return answer;
    redirect(303, `/admin/payouts?${monthOf(form)}done=${answer}`);
  },
  paid: async ({ locals, request }) => {
    const form = await request.formData();
    const values = { id: textOf(form, 'id'), reference: textOf(form, 'reference') };
    const answer = await markPayoutPaid(locals.ctx, values).catch((error: unknown) => refused(error, values));
    if (typeof answer !== 'string') return answer;
    redirect(303, `/admin/payouts?${monthOf(form)}done=${answer}`);
  },
  giveBack: async ({ locals, request }) => {
    const form = await request.formData();
    const values = { id: textOf(form, 'id') };
    const status = textOf(form, 'status') === 'FAILED' ? 'FAILED' : 'CANCELLED';
    const answer = await returnPayout(locals.ctx, { ...values, status }).catch((error: unknown) => refused(error, values));
    if (typeof answer !== 'string') return answer;
    redirect(303, `/admin/payouts?${monthOf(form)}done=${answer}`);
  },
} satisfies Actions;
