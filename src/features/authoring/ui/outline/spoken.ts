import type { PlacedChapter } from './places.ts';

type Named = PlacedChapter<{ id: string; title: string }> & { title: string };

/** Where a chapter or lesson stands, for who hears it: "“Loops”, lesson 2 of 5 in “Basics”." */
export function spokenPlace(chapters: readonly Named[], id: string): string {
  const place = chapters.findIndex((chapter) => chapter.id === id);
  if (place >= 0) return `“${chapters[place]!.title}”, chapter ${place + 1} of ${chapters.length}.`;
  const chapter = chapters.find(({ lessons }) => lessons.some((lesson) => lesson.id === id));
  const row = chapter?.lessons.findIndex((lesson) => lesson.id === id) ?? -1;
  return chapter ? `“${chapter.lessons[row]!.title}”, lesson ${row + 1} of ${chapter.lessons.length} in “${chapter.title}”.` : '';
}
