import { redirect } from '@sveltejs/kit';
import { studioCourse } from '#features/authoring/index.server.ts';
import { textOf } from '../../../../form-answers.ts';
import { studentViewCookie } from '../../../../learn/student-view.ts';
import type { RequestHandler } from './$types';

/** Opens the classroom of a course as a student sees it, at a lesson or a chapter's introduction if one is named, or leads back to the studio. */
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
    const pages = [...lessons.map(({ slug }) => `lessons/${slug}`), ...course.outline.map(({ id }) => `chapters/${id}`)];
    const page = pages.find((page) => page === textOf(form, 'back'));
    redirect(303, `/studio/courses/${course.slug}${course.mayEdit && page ? `/${page}` : ''}`);
  }
  const isWriting = form.has('lesson') || form.has('chapter');
  cookies.set(studentViewCookie, isWriting ? 'page' : 'outline', { ...options, httpOnly: true, sameSite: 'lax' });
  // What students do not know of is no place to begin.
  const lesson = lessons.find(({ slug, isShown }) => isShown && slug === textOf(form, 'lesson'));
  const chapter = course.outline.find(
    ({ id, published, hasIntroduction }) => published && hasIntroduction && id === textOf(form, 'chapter'),
  );
  redirect(303, lesson ? `${path}/${lesson.slug}` : chapter ? `${path}/chapters/${chapter.id}` : path);
};
