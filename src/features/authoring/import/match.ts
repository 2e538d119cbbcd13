import type { ImportedCourse, ImportedLesson } from '#features/catalogue/index.server.ts';
import type { ChapterDraft, CourseDraft, LessonDraft } from './draft.ts';

type Chapter = ImportedCourse['chapters'][number];

/** What of an earlier import is what of this one. */
export interface Match {
  chapters: Map<ChapterDraft, Chapter>;
  lessons: Map<LessonDraft, ImportedLesson>;
  goneChapters: Chapter[];
  goneLessons: ImportedLesson[];
}

/** Finds each draft's earlier self by its place in the source; what was renamed there, by its title, where that leaves no doubt. */
export function matchDraft(draft: CourseDraft, before: ImportedCourse | undefined): Match {
  const chapters = pair(draft.chapters, before?.chapters ?? []);
  const lessons = pair(
    draft.chapters.flatMap((chapter) => chapter.lessons),
    before?.chapters.flatMap((chapter) => chapter.lessons) ?? [],
  );
  return { chapters: chapters.pairs, lessons: lessons.pairs, goneChapters: chapters.gone, goneLessons: lessons.gone };
}

function pair<Draft extends { source: string; title: string }, Row extends { sourcePath: string | null; title: string }>(
  drafts: readonly Draft[],
  rows: readonly Row[],
): { pairs: Map<Draft, Row>; gone: Row[] } {
  const pairs = new Map<Draft, Row>();
  const free = new Set(rows);
  const take = (draft: Draft, row: Row | undefined) => {
    if (row === undefined) return;
    pairs.set(draft, row);
    free.delete(row);
  };
  for (const draft of drafts)
    take(
      draft,
      rows.find((row) => row.sourcePath === draft.source),
    );
  const unpaired = drafts.filter((draft) => !pairs.has(draft));
  for (const draft of unpaired) {
    const sameTitle = [...free].filter((row) => row.sourcePath !== null && row.title === draft.title);
    const isOnlyOne = unpaired.filter((other) => other.title === draft.title).length === 1;
    if (sameTitle.length === 1 && isOnlyOne) take(draft, sameTitle[0]);
  }
  return { pairs, gone: [...free].filter((row) => row.sourcePath !== null) };
}
