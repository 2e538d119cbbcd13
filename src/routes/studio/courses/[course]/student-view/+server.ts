import { redirect } from '@sveltejs/kit';
import { studioCourse } from '#features/authoring/index.server.ts';
import { textOf } from '../../../../form-answers.ts';
import { studentViewCookie } from '../../../../learn/student-view.ts';
import type { RequestHandler } from './$types';

/** Opens the classroom of a course as a student sees it, at a lesson if one is named, or leads back to the studio. */
export const POST: RequestHandler = async ({ locals: { ctx }, params, request, cookies, url }) => {
  const form = await request.formData();
  const course = await studioCourse(ctx, params.course);
  const path = `/learn/${course.slug}`;
  const lessons = course.outline.flatMap((chapter) =>
    chapter.lessons.map((lesson) => ({ ...lesson, isShown: chapter.published && lesson.visibility !== 'PRIVATE' })),
  );
  // The framework's default is a secure cookie, which a school on plain http would never see again.
  const options = { path, secure: url.protocol === 'https:' };
  if (form.has('back')) {
    cookies.delete(studentViewCookie, options);
    const lesson = lessons.find(({ slug }) => slug === textOf(form, 'back'));
    redirect(303, `/studio/courses/${course.slug}${course.mayEdit && lesson ? `/lessons/${lesson.slug}` : ''}`);
  }
  cookies.set(studentViewCookie, '1', { ...options, httpOnly: true, sameSite: 'lax' });
  // A lesson that students do not know of is no place to begin.
  const lesson = lessons.find(({ slug, isShown }) => isShown && slug === textOf(form, 'lesson'));
  redirect(303, lesson ? `${path}/${lesson.slug}` : path);
};
