import { redirect } from '@sveltejs/kit';
import { courseNews } from '#features/community/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import { orMoved } from '../../../moved-course.ts';
import type { PageServerLoad } from './$types';

/** What was announced in a course, for its students. */
export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const here = `/courses/${params.slug}/announcements`;
  if (ctx.actor.kind === 'guest') redirect(303, `/sign-in?next=${encodeURIComponent(here)}`);
  const news = courseNews(ctx, { slug: params.slug, before: url.searchParams.get('before') });
  return { ...(await orMoved(ctx, news, params.slug, (slug) => `/courses/${slug}/announcements`)), timeZone: requirePerson(ctx).timeZone };
};
