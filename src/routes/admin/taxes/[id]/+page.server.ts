import { redirect } from '@sveltejs/kit';
import { endTaxRate, taxRatePage } from '#features/commerce/index.server.ts';
import { refused, textOf } from '../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({ rate: await taxRatePage(locals.ctx, { id: params.id }) });

export const actions = {
  end: async ({ locals, params, request }) => {
    const values = { until: textOf(await request.formData(), 'until') };
    const answer = await endTaxRate(locals.ctx, { id: params.id, ...values }).catch((error: unknown) => refused(error, values));
    if ('kind' in answer) redirect(303, `/admin/taxes?done=${answer.kind}`);
    return answer;
  },
} satisfies Actions;
