import { fail, redirect } from '@sveltejs/kit';
import { coursePage, courseSeo } from '#features/catalogue/index.server.ts';
import { ownMarks } from '#features/commerce/index.server.ts';
import { courseStanding, enrollInCourse } from '#features/learning/index.server.ts';
import { guestCartOf } from '../../cart-cookies.ts';
import { orMoved } from '../../moved-course.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, cookies }) => {
  const { ctx } = locals;
  const page = Promise.all([coursePage(ctx, params), courseStanding(ctx, params), ownMarks(ctx)]);
  const [course, standing, { wishes, inCart }] = await orMoved(ctx, page, params.slug, (slug) => `/courses/${slug}`);
  const isInCart = course.productId !== null && [...inCart, ...guestCartOf({ cookies })].includes(course.productId);
  return { course, standing, wishes, isInCart, seo: courseSeo(course) };
};

export const actions = {
  enroll: async ({ locals, params }) => {
    if (locals.ctx.actor.kind === 'guest') redirect(303, `/sign-in?next=${encodeURIComponent(`/courses/${params.slug}`)}`);
    const { kind } = await enrollInCourse(locals.ctx, { courseSlug: params.slug });
    switch (kind) {
      case 'enrolled':
      case 'already':
        return redirect(303, `/learn/${params.slug}`);
      case 'purchase':
      case 'prepare':
      case 'suspended':
        return fail(409, { kind });
    }
  },
} satisfies Actions;
