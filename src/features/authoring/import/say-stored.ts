import type { CourseDraft } from './draft.ts';
import type { StoredMedia } from './store-media.ts';

/** Says of every file that was stored as what it came in. */
export function sayStored(draft: CourseDraft, media: StoredMedia): void {
  const said = new Set(draft.cameIn.map((item) => item.path));
  const say = (path: string, what: string) => {
    if (said.has(path)) return;
    said.add(path);
    draft.cameIn.push({ path, what });
  };
  for (const { path, kind } of draft.assets.values())
    if (media.byPath.has(path)) say(path, kind === 'image' ? 'a picture' : 'an attachment');
  const lessons = draft.chapters.flatMap((chapter) => chapter.lessons);
  for (const { source, video, name } of [
    ...lessons.map((lesson) => ({ ...lesson, name: `the lesson “${lesson.title}”` })),
    ...otherFilms(draft),
  ]) {
    const film = video?.provider === 'FILE' ? media.films.get(source) : undefined;
    if (video?.provider !== 'FILE' || !film) continue;
    say(video.path, `the film of ${name}`);
    if (video.poster !== undefined && film.poster) say(video.poster, `the poster of ${name}`);
    for (const { path, language } of video.captions)
      if (film.captions.some((track) => track.path === path)) say(path, `captions (${language}) of ${name}`);
  }
}

function otherFilms({ trailer, chapters }: CourseDraft) {
  const introductions = chapters.flatMap(({ title, film }) => (film ? [{ ...film, name: `the chapter “${title}”` }] : []));
  return trailer ? [{ ...trailer, name: 'the course' }, ...introductions] : introductions;
}
