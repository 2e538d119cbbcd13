import { fail, redirect } from '@sveltejs/kit';
import { offerCourse, pricesPage, removeCoursePrice, setCoursePrice } from '#features/commerce/index.server.ts';
import { refused, textOf } from '../../../../form-answers.ts';
import { priceIn, typedPrice } from '../../../priced-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => pricesPage(locals.ctx, { slug: params.course });

export const actions = {
  offer: async ({ locals, params, request }) => {
    const isFree = textOf(await request.formData(), 'offer') === 'free';
    try {
      await offerCourse(locals.ctx, { slug: params.course, isFree });
    } catch (error) {
      const { status, data } = refused(error, {});
      return fail(status, { ...data, form: 'offer', typed: null });
    }
    redirect(303, `/studio/courses/${params.course}/access`);
  },
  setPrice: async ({ locals, params, request }) => {
    const form = await request.formData();
    const typed = typedPrice(form);
    try {
      await setCoursePrice(locals.ctx, { slug: params.course, ...priceIn(locals.ctx, typed) });
    } catch (error) {
      const { status, data } = refused(error, {});
      return fail(status, { ...data, form: textOf(form, 'form'), typed });
    }
    redirect(303, `/studio/courses/${params.course}/access#prices`);
  },
  removePrice: async ({ locals, params, request }) => {
    const currency = textOf(await request.formData(), 'currency');
    try {
      await removeCoursePrice(locals.ctx, { slug: params.course, currency });
    } catch (error) {
      const { status, data } = refused(error, {});
      return fail(status, { ...data, form: currency, typed: null });
    }
    redirect(303, `/studio/courses/${params.course}/access#prices`);
  },
} satisfies Actions;
