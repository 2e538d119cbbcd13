import { redirect } from '@sveltejs/kit';
import { addNote, completeLesson, lessonPage, reopenLesson } from '#features/learning/index.server.ts';
import { refused } from '../../../form-answers.ts';
import { backTo, changeNote, deleteNote, typedNote } from '../../../notes/note-actions.ts';
import { studentViewCookie } from '../../student-view.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url, cookies }) =>
  lessonPage(locals.ctx, {
    courseSlug: params.course,
    lessonSlug: params.lesson,
    notesAfter: url.searchParams.get('notes'),
    asStudent: cookies.get(studentViewCookie) !== undefined,
  });

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
