import { fail, redirect } from '@sveltejs/kit';
import { editableLesson, lessonEditorPage } from '#features/authoring/index.server.ts';
import {
  addLink,
  addResource,
  moveResource,
  removeResource,
  renameResource,
  saveLessonSettings,
  saveLessonText,
  updateLesson,
} from '#features/catalogue/index.server.ts';
import { filmPanelDangerouslyUnchecked, type ShowFilm } from '#features/media/index.server.ts';
import { AppError } from '#platform/errors.ts';
import { filmActions } from '../../../../../film-actions.ts';
import { refused, textOf } from '../../../../../form-answers.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { settingsIn } from './settings.ts';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
  const lesson = await lessonEditorPage(ctx, params);
  return { lesson, film: lesson.mayEdit ? await filmPanelDangerouslyUnchecked(ctx, lesson) : null };
};

/** What was typed, and into which form of the page. */
function wordsOf(name: string, form: FormData): Record<string, string> {
  return { ...Object.fromEntries([...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string')), form: name };
}

/** Does what a form asks for with the lesson of this page. */
const deed =
  <Answer extends object | undefined>(
    name: string,
    work: (event: RequestEvent, form: FormData, lessonId: Awaited<ReturnType<typeof editableLesson>>['id']) => Promise<Answer>,
  ) =>
  async (event: RequestEvent) => {
    const form = await event.request.formData();
    const { id } = await editableLesson(event.locals.ctx, event.params);
    try {
      return { kind: 'done' as const, form: name, ...(await work(event, form, id)) };
    } catch (error) {
      return refused(error, wordsOf(name, form));
    }
  };

const film = filmActions(async ({ locals, params: { course = '', lesson = '' } }) => {
  const { id, videoId } = await editableLesson(locals.ctx, { course, lesson });
  const show: ShowFilm = async (ctx, shown) => {
    await updateLesson(ctx, { lessonId: id, videoId: shown?.id ?? null, durationSeconds: shown?.durationSeconds });
  };
  return { videoId, show };
});

export const actions = {
  saveText: deed('saveText', async ({ locals: { ctx } }, form, lessonId) => {
    const sent = textOf(form, 'content');
    const outcome = await saveLessonText(ctx, { lessonId, content: sent, basedOn: textOf(form, 'basedOn') });
    return { outcome: outcome.kind === 'conflict' ? { ...outcome, sent } : outcome };
  }),
  saveSettings: async ({ locals: { ctx }, params, request }) => {
    const form = await request.formData();
    const { id: lessonId } = await editableLesson(ctx, params);
    const typed = wordsOf('saveSettings', form);
    try {
      const answer = await saveLessonSettings(ctx, { lessonId, ...settingsIn(form) });
      if (answer.kind === 'conflict') {
        const { theirs, marks } = answer;
        return fail(409, {
          kind: 'settings-conflict' as const,
          theirs,
          marks,
          values: typed,
          message: 'Somebody else changed this meanwhile.',
          fields: {},
        });
      }
      if (answer.address !== params.lesson) redirect(303, `/studio/courses/${params.course}/lessons/${answer.address}`);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return refused(error, typed);
    }
    return { kind: 'done' as const, form: 'saveSettings' };
  },
  addResource: deed('addResource', async ({ locals: { ctx } }, form, lessonId) => {
    const fileId = textOf(form, 'resourceFileId');
    if (fileId === '') throw new AppError('invalid', 'Choose a file first.');
    await addResource(ctx, { lessonId, fileId, title: textOf(form, 'title') });
    return undefined;
  }),
  addLink: deed('addLink', async ({ locals: { ctx } }, form, lessonId) => {
    await addLink(ctx, { lessonId, title: textOf(form, 'title'), url: textOf(form, 'url') });
    return undefined;
  }),
  renameResource: deed('renameResource', async ({ locals: { ctx } }, form) => {
    await renameResource(ctx, { resourceId: textOf(form, 'resourceId'), title: textOf(form, 'title') });
    return undefined;
  }),
  moveResource: deed('moveResource', async ({ locals: { ctx } }, form) => {
    await moveResource(ctx, { resourceId: textOf(form, 'resourceId'), by: textOf(form, 'by') === 'up' ? -1 : 1 });
    return undefined;
  }),
  removeResource: deed('removeResource', async ({ locals: { ctx } }, form) => {
    await removeResource(ctx, { resourceId: textOf(form, 'resourceId') });
    return undefined;
  }),
  useFilm: film.useFilm,
  useAddress: film.useAddress,
  removeFilm: film.removeFilm,
  makeFilmAgain: film.makeFilmAgain,
  addCaptions: film.addCaptions,
  removeCaptions: film.removeCaptions,
  setPoster: film.setPoster,
} satisfies Actions;
