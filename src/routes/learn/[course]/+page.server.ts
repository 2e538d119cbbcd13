import { redirect } from '@sveltejs/kit';
import { courseEntry } from '#features/learning/index.server.ts';
import { orMoved } from '../../moved-course.ts';
import type { PageServerLoad } from './$types';

/** The way into a classroom: to the lesson to go on with or the introduction of a beginning, or, with everything done, to the end of the course. */
export const load: PageServerLoad = async ({ locals, params }) => {
  if (locals.ctx.actor.kind === 'guest') redirect(303, `/sign-in?next=${encodeURIComponent(`/learn/${params.course}`)}`);
  const entry = await orMoved(locals.ctx, courseEntry(locals.ctx, { slug: params.course }), params.course, (slug) => `/learn/${slug}`);
  switch (entry.kind) {
    case 'lesson':
      return redirect(303, `/learn/${params.course}/${entry.lessonSlug}`);
    case 'introduction':
      return redirect(303, `/learn/${params.course}/chapters/${entry.chapterId}`);
    case 'no-access':
      return redirect(303, `/courses/${params.course}`);
    case 'finished':
      return { course: entry.course };
  }
};
