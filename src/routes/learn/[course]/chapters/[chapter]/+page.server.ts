import { introductionPage } from '#features/learning/index.server.ts';
import { orMoved } from '../../../../moved-course.ts';
import { studentViewCookie } from '../../../student-view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, cookies }) => {
  const studentView = cookies.get(studentViewCookie);
  const page = introductionPage(locals.ctx, {
    courseSlug: params.course,
    chapterId: params.chapter,
    asStudent: studentView !== undefined,
  });
  return {
    ...(await orMoved(locals.ctx, page, params.course, (slug) => `/learn/${slug}/chapters/${params.chapter}`)),
    backToPage: studentView === 'page',
  };
};
