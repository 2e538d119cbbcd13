import { editableIntroduction, introductionEditorPage } from '#features/authoring/index.server.ts';
import { saveIntroduction, updateChapter } from '#features/catalogue/index.server.ts';
import { filmPanelDangerouslyUnchecked, type ShowFilm } from '#features/media/index.server.ts';
import { filmActions } from '../../../../../film-actions.ts';
import { refused, textOf } from '../../../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
  const chapter = await introductionEditorPage(ctx, params);
  return { chapter, film: chapter.mayEdit ? await filmPanelDangerouslyUnchecked(ctx, chapter) : null };
};

const film = filmActions(async ({ locals, params: { course = '', chapter = '' } }) => {
  const { id, videoId } = await editableIntroduction(locals.ctx, { course, chapter });
  const show: ShowFilm = async (ctx, shown) => {
    await updateChapter(ctx, { chapterId: id, videoId: shown?.id ?? null });
  };
  return { videoId, show };
});

export const actions = {
  saveText: async ({ locals: { ctx }, params, request }) => {
    const form = await request.formData();
    const { id: chapterId } = await editableIntroduction(ctx, params);
    const sent = textOf(form, 'content');
    try {
      const outcome = await saveIntroduction(ctx, { chapterId, content: sent, basedOn: textOf(form, 'basedOn') });
      return { kind: 'done' as const, outcome: outcome.kind === 'conflict' ? { ...outcome, sent } : outcome };
    } catch (error) {
      return refused(error, { content: sent });
    }
  },
  useFilm: film.useFilm,
  useAddress: film.useAddress,
  removeFilm: film.removeFilm,
  makeFilmAgain: film.makeFilmAgain,
  addCaptions: film.addCaptions,
  removeCaptions: film.removeCaptions,
  setPoster: film.setPoster,
} satisfies Actions;
