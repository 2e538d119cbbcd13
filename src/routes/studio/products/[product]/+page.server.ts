import { fail, redirect } from '@sveltejs/kit';
import {
  addProductCourse,
  moveProductCourse,
  removeProductCourse,
  removeProductPrice,
  saveProduct,
  setProductImage,
  setProductPrice,
  showProduct,
  studioProduct,
} from '#features/commerce/index.server.ts';
import type { Context } from '#platform/context.ts';
import { refused, textOf } from '../../../form-answers.ts';
import { priceIn, typedPrice } from '../../priced-form.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const search = url.searchParams.get('q')?.slice(0, 100) ?? '';
  return { search, product: await studioProduct(locals.ctx, { slug: params.product, search }) };
};

/** The deed with the product of the address; where it is refused, its part of the page says why. */
function deed(part: string, work: (ctx: Context, slug: string, form: FormData) => Promise<void>) {
  return async ({ locals, params, request }: RequestEvent) => {
    const form = await request.formData();
    try {
      await work(locals.ctx, params.product, form);
    } catch (error) {
      const { status, data } = refused(error, {});
      const typed = { ...typedPrice(form), name: textOf(form, 'name'), description: textOf(form, 'description') };
      return fail(status, { ...data, part: textOf(form, 'form') || part, typed });
    }
    redirect(303, `/studio/products/${params.product}#${part}`);
  };
}

const intervalOf = (form: FormData) => {
  const interval = textOf(form, 'interval');
  return interval === 'MONTH' || interval === 'YEAR' ? interval : null;
};

export const actions = {
  save: deed('words', (ctx, slug, form) =>
    saveProduct(ctx, { slug, name: textOf(form, 'name'), description: textOf(form, 'description') }),
  ),
  setImage: deed('picture', (ctx, slug, form) => setProductImage(ctx, { slug, fileId: textOf(form, 'imageFileId') })),
  removeImage: deed('picture', (ctx, slug) => setProductImage(ctx, { slug, fileId: null })),
  addCourse: deed('courses', (ctx, slug, form) => addProductCourse(ctx, { slug, courseId: textOf(form, 'courseId') })),
  removeCourse: deed('courses', (ctx, slug, form) => removeProductCourse(ctx, { slug, courseId: textOf(form, 'courseId') })),
  moveCourse: deed('courses', (ctx, slug, form) =>
    moveProductCourse(ctx, { slug, courseId: textOf(form, 'courseId'), by: textOf(form, 'by') === 'up' ? -1 : 1 }),
  ),
  setPrice: deed('prices', async (ctx, slug, form) => {
    const days = textOf(form, 'trialDays').trim();
    await setProductPrice(ctx, {
      slug,
      ...priceIn(ctx, typedPrice(form)),
      interval: intervalOf(form),
      trialDays: days === '' ? null : Number(days),
    });
  }),
  removePrice: deed('prices', (ctx, slug, form) =>
    removeProductPrice(ctx, { slug, currency: textOf(form, 'currency'), interval: intervalOf(form) }),
  ),
  show: deed('sale', (ctx, slug) => showProduct(ctx, { slug, isPublic: true })),
  hide: deed('sale', (ctx, slug) => showProduct(ctx, { slug, isPublic: false })),
} satisfies Actions;
