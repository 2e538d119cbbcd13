import { redirect } from '@sveltejs/kit';
import { addTaxRate, newTaxRatePage, parsePercent } from '#features/commerce/index.server.ts';
import { refused, textOf } from '../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => newTaxRatePage(locals.ctx);

const boxes = ['country', 'region', 'postcodes', 'name', 'rate', 'inclusive', 'productType', 'validFrom'] as const;
type ProductType = 'COURSE' | 'BUNDLE' | 'MEMBERSHIP';

export const actions = {
  add: async ({ locals, request }) => {
    const form = await request.formData();
    const values = Object.fromEntries(boxes.map((name) => [name, textOf(form, name)])) as Record<(typeof boxes)[number], string>;
    const { rate, inclusive, productType, ...words } = values;
    const added = await addTaxRate(locals.ctx, {
      ...words,
      rateBasisPoints: parsePercent(rate) ?? Number.NaN,
      inclusive: inclusive === '' ? null : inclusive === 'yes',
      productType: (productType || null) as ProductType | null,
    }).catch((error: unknown) => refused(error, values));
    if (!('id' in added)) return added;
    redirect(303, `/admin/taxes?country=${encodeURIComponent(values.country)}&done=added`);
  },
} satisfies Actions;
