import { beginChapter, beginLesson, changeChapter, lossOf, outlineEditorPage } from '#features/authoring/index.server.ts';
import {
  changeLessons,
  moveChapter,
  moveLesson,
  removeChapter,
  removeLesson,
  restoreToOutline,
  updateChapter,
  updateLesson,
} from '#features/catalogue/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import type { ChapterId, LessonId } from '#platform/ids.ts';
import { textOf } from '../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';
import { answered, choiceOf, courseToEdit, idIn, neighborsIn } from './outline-answers.ts';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const [outline, loss] = await Promise.all([
    outlineEditorPage(ctx, { slug: params.course }),
    lossOf(ctx, { slug: params.course, id: url.searchParams.get('delete') }),
  ]);
  return { outline, loss, timeZone: requirePerson(ctx).timeZone };
};

export const actions = {
  addChapter: ({ locals: { ctx }, params, request }) =>
    answered(request, 'addChapter', async (form) => {
      const courseId = await courseToEdit(ctx, params.course);
      await beginChapter(ctx, { courseId, title: textOf(form, 'title') });
      return {};
    }),
  addLesson: ({ locals, request }) =>
    answered(request, 'addLesson', async (form) => {
      await beginLesson(locals.ctx, {
        chapterId: idIn<ChapterId>(form, 'chapterId'),
        title: textOf(form, 'title'),
        type: textOf(form, 'type'),
      });
      return {};
    }),
  rename: ({ locals, request }) =>
    answered(request, 'rename', async (form) => {
      const title = textOf(form, 'title');
      if (form.has('lessonId')) await updateLesson(locals.ctx, { lessonId: idIn<LessonId>(form, 'lessonId'), title });
      else await updateChapter(locals.ctx, { chapterId: idIn<ChapterId>(form, 'chapterId'), title });
      return {};
    }),
  moveLesson: ({ locals, request }) =>
    answered(request, 'moveLesson', async (form) => {
      const lessonId = idIn<LessonId>(form, 'lessonId');
      const was = await moveLesson(locals.ctx, { lessonId, chapterId: idIn<ChapterId>(form, 'chapterId'), ...neighborsIn(form) });
      return { done: 'Lesson moved', undo: { action: 'moveLesson', fields: { lessonId, ...was } } };
    }),
  moveChapter: ({ locals, request }) =>
    answered(request, 'moveChapter', async (form) => {
      const chapterId = idIn<ChapterId>(form, 'chapterId');
      const was = await moveChapter(locals.ctx, { chapterId, ...neighborsIn(form) });
      return { done: 'Chapter moved', undo: { action: 'moveChapter', fields: { chapterId, ...was } } };
    }),
  changeLessons: ({ locals: { ctx }, params, request }) =>
    answered(request, 'changeLessons', async (form) => {
      const courseId = await courseToEdit(ctx, params.course);
      await changeLessons(ctx, { courseId, lessonIds: form.getAll('lessonId').map(String), ...choiceOf(form) });
      return {};
    }),
  changeChapter: ({ locals, request }) =>
    answered(request, 'changeChapter', async (form) => {
      await changeChapter(locals.ctx, {
        chapterId: idIn<ChapterId>(form, 'chapterId'),
        title: textOf(form, 'title'),
        description: textOf(form, 'description'),
        isShown: form.has('isShown'),
        isFree: form.has('isFree'),
        opens: textOf(form, 'opens'),
        releaseAfterDays: textOf(form, 'releaseAfterDays'),
        releaseAt: textOf(form, 'releaseAt'),
      });
      return {};
    }),
  remove: ({ locals, request }) =>
    answered(request, 'remove', async (form) => {
      const isLesson = form.has('lessonId');
      const itemId = idIn(form, isLesson ? 'lessonId' : 'chapterId');
      if (isLesson) await removeLesson(locals.ctx, { lessonId: itemId as LessonId });
      else await removeChapter(locals.ctx, { chapterId: itemId as ChapterId });
      return { done: isLesson ? 'Lesson deleted' : 'Chapter deleted', undo: { action: 'restore', fields: { itemId } } };
    }),
  restore: ({ locals: { ctx }, params, request }) =>
    answered(request, 'restore', async (form) => {
      const courseId = await courseToEdit(ctx, params.course);
      await restoreToOutline(ctx, { courseId, itemId: idIn(form, 'itemId') });
      return { done: 'Put back' };
    }),
} satisfies Actions;
