import { posix } from 'node:path';
import { farFilm } from '#features/media/index.server.ts';
import type { VideoDraft } from '../../draft.ts';
import type { Item } from '../../report.ts';
import type { CourseFields, LessonFields } from './front-matter.ts';
import { localPath } from './paths.ts';

/** What front matter says of a film. */
type FilmFields = Pick<LessonFields, 'video' | 'poster' | 'captions' | 'duration'>;

/** The trailer that a course's front matter names. */
export function trailerOf(path: string, fields: CourseFields, files: ReadonlySet<string>, leftOut: Item[]): VideoDraft | undefined {
  const { trailer: video, trailer_captions: captions, trailer_duration: duration, language = 'en' } = fields;
  return videoOf(path, { video, captions, duration }, files, language, leftOut, 'trailer_duration');
}

/** The film that front matter names: a file beside the text, or one at YouTube or Vimeo. Undefined, with a line, when there is none. */
export function videoOf(
  path: string,
  fields: FilmFields,
  files: ReadonlySet<string>,
  courseLanguage: string,
  leftOut: Item[],
  durationName = 'duration',
): VideoDraft | undefined {
  if (fields.video === undefined) return undefined;
  const far = farFilm(fields.video);
  if (far && fields.duration !== undefined) return far;
  if (far)
    leftOut.push({
      path,
      what: `the video ${fields.video} needs a “${durationName}” beside it, because it cannot be asked from here: what shows it comes in without it`,
    });
  else if (/^[a-z][a-z0-9+.-]*:/i.test(fields.video))
    leftOut.push({ path, what: `the video ${fields.video} is neither a file of the folder nor at YouTube or Vimeo` });
  else {
    const file = localPath(path, fields.video);
    if (file === undefined) leftOut.push({ path, what: `the video ${fields.video} leads out of the folder` });
    else if (!files.has(file)) leftOut.push({ path, what: `the video ${fields.video} is missing` });
    else
      return {
        provider: 'FILE',
        path: file,
        poster: posterOf(path, file, fields, files),
        captions: captionsOf(path, file, fields, files, courseLanguage, leftOut),
      };
  }
  return undefined;
}

const stem = (path: string) => path.replace(/\.[^./]+$/, '');

function posterOf(path: string, film: string, fields: FilmFields, files: ReadonlySet<string>): string | undefined {
  const named = fields.poster === undefined ? undefined : localPath(path, fields.poster);
  return [named, ...['webp', 'jpg', 'jpeg', 'png', 'avif'].map((ending) => `${stem(film)}.${ending}`)].find(
    (file) => file !== undefined && files.has(file),
  );
}

/** WebVTT files: named in the front matter, or beside the film as `film.vtt` and `film.<language>.vtt`. */
function captionsOf(
  path: string,
  film: string,
  fields: FilmFields,
  files: ReadonlySet<string>,
  courseLanguage: string,
  leftOut: Item[],
): { language: string; path: string }[] {
  const named = typeof fields.captions === 'string' ? { [courseLanguage]: fields.captions } : (fields.captions ?? {});
  const captions = Object.entries(named).flatMap(([language, address]) => {
    const file = localPath(path, address);
    if (file !== undefined && files.has(file)) return [{ language, path: file }];
    leftOut.push({ path, what: `the captions ${address} are missing` });
    return [];
  });
  for (const file of files) {
    if (posix.dirname(file) !== posix.dirname(film) || !file.startsWith(`${stem(film)}.`)) continue;
    const [, language = courseLanguage] = /^(?:\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*))?\.vtt$/.exec(file.slice(stem(film).length)) ?? [
      undefined,
      '',
    ];
    if (language !== '' && !captions.some((caption) => caption.language === language)) captions.push({ language, path: file });
  }
  return captions;
}
