import { type RequestEvent, redirect } from '@sveltejs/kit';
import {
  addCaptions,
  makeFilmAgain,
  putFarFilm,
  putPoster,
  putUploadedFilm,
  removeCaptions,
  removeFilm,
  type ShowFilm,
} from '#features/media/index.server.ts';
import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import type { VideoId } from '#platform/ids.ts';
import { refused, textOf } from './form-answers.ts';

/** What shows a film, or could: a lesson, or a course its trailer. */
export interface FilmPlace {
  /** What it shows now. */
  videoId: VideoId | null;
  /** Makes it show another, or none, in the transaction that makes that one. */
  show: ShowFilm;
}

type Deed = (ctx: Context, place: FilmPlace, form: FormData) => Promise<void>;

const useFilm: Deed = (ctx, { show }, form) => putUploadedFilm(ctx, { fileId: textOf(form, 'filmFileId') }, show);

const useAddress: Deed = (ctx, { show }, form) =>
  putFarFilm(ctx, { address: textOf(form, 'address'), length: textOf(form, 'length') }, show);

const takeAway: Deed = (ctx, { show }) => removeFilm(ctx, show);

const makeAgain: Deed = (ctx, place) => makeFilmAgain(ctx, { videoId: videoOf(place) });

const captions: Deed = (ctx, place, form) =>
  addCaptions(ctx, {
    videoId: videoOf(place),
    fileId: textOf(form, 'captionsFileId'),
    language: textOf(form, 'language'),
    label: textOf(form, 'label'),
  });

const noCaptions: Deed = (ctx, place, form) => removeCaptions(ctx, { videoId: videoOf(place), language: textOf(form, 'language') });

const poster: Deed = (ctx, place, form) => putPoster(ctx, { videoId: videoOf(place), fileId: textOf(form, 'posterFileId') });

/**
 * The deeds of the film panel (`#features/media/ui/film-panel.svelte`), for the page that shows it. `placeOf` says what the page is about, and throws
 * where the actor may not change that: here nobody asks again.
 */
export function filmActions<Event extends RequestEvent>(placeOf: (event: Event) => Promise<FilmPlace>) {
  const action =
    <Name extends string>(name: Name, deed: Deed) =>
    async (event: Event) => {
      const form = await event.request.formData();
      const place = await placeOf(event);
      try {
        await deed(event.locals.ctx, place, form);
      } catch (error) {
        const typed = { address: textOf(form, 'address'), length: textOf(form, 'length'), language: textOf(form, 'language') };
        return refused(error, { deed: name, ...typed });
      }
      redirect(303, `${event.url.pathname}#film`);
    };
  return {
    useFilm: action('useFilm', useFilm),
    useAddress: action('useAddress', useAddress),
    removeFilm: action('removeFilm', takeAway),
    makeFilmAgain: action('makeFilmAgain', makeAgain),
    addCaptions: action('addCaptions', captions),
    removeCaptions: action('removeCaptions', noCaptions),
    setPoster: action('setPoster', poster),
  };
}

function videoOf({ videoId }: FilmPlace): VideoId {
  if (!videoId) throw new AppError('conflict', 'There is no film here any more.');
  return videoId;
}
