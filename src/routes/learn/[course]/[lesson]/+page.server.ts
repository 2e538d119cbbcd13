import { redirect } from '@sveltejs/kit';
import { addNote, completeLesson, lessonPage, reopenLesson } from '#features/learning/index.server.ts';
import { packagesOriginOf } from '#platform/http/packages-origin.ts';
import { runtime } from '#platform/runtime.server.ts';
import { refused } from '../../../form-answers.ts';
import { orMoved } from '../../../moved-course.ts';
import { backTo, changeNote, deleteNote, typedNote } from '../../../notes/note-actions.ts';
import { studentViewCookie } from '../../student-view.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, cookies }) => {
  const studentView = cookies.get(studentViewCookie);
  const page = lessonPage(locals.ctx, {
    courseSlug: params.course,
    lessonSlug: params.lesson,
    notesAfter: url.searchParams.get('notes'),
    asStudent: studentView !== undefined,
  });
  return {
    ...(await orMoved(locals.ctx, page, params.course, (slug) => `/learn/${slug}/${params.lesson}`)),
    packagesOrigin: packagesOriginOf(runtime().config, url),
    backToPage: studentView === 'page',
  };
};

export const actions = {
  complete: async ({ locals, params, url }) => {
    const { courseCompleted } = await completeLesson(locals.ctx, { courseSlug: params.course, lessonSlug: params.lesson });
    redirect(303, courseCompleted ? `/learn/${params.course}` : url.pathname);
  },
  reopen: async ({ locals, params, url }) => {
    await reopenLesson(locals.ctx, { courseSlug: params.course, lessonSlug: params.lesson });
    redirect(303, url.pathname);
  },
  addNote: async ({ locals, params, request, url }) => {
    const values = await typedNote(request);
    try {
      await addNote(locals.ctx, { ...values, courseSlug: params.course, lessonSlug: params.lesson });
    } catch (error) {
      return refused(error, values);
    }
    redirect(303, backTo(url, 'notes'));
  },
  changeNote,
  deleteNote,
} satisfies Actions;
