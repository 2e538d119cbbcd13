import type { Context } from '#platform/context.ts';
import type { ChapterId, CourseId, LessonId } from '#platform/ids.ts';

/** A course that an import made, as the next import of the same source finds it. */
export interface ImportedCourse {
  id: CourseId;
  slug: string;
  title: string;
  /** Of the trailer. */
  trailerId: string | null;
  chapters: { id: ChapterId; title: string; sourcePath: string | null; videoId: string | null; lessons: ImportedLesson[] }[];
}

/** A lesson of the course, and the file that it came from. */
export interface ImportedLesson {
  id: LessonId;
  slug: string;
  title: string;
  sourcePath: string | null;
  videoId: string | null;
  published: boolean;
}

/** The instructor's course of an import key, with its whole outline. Who may change it is asked by the commands that do. */
export async function importedCourse(
  ctx: Context,
  input: { instructorId: string; importKey: string },
): Promise<ImportedCourse | undefined> {
  const lesson = { id: true, slug: true, title: true, sourcePath: true, videoId: true, published: true } as const;
  const row = await ctx.db.prisma.course.findUnique({
    where: { instructorId_importKey: input },
    select: {
      id: true,
      slug: true,
      title: true,
      previewVideoId: true,
      chapters: {
        orderBy: { position: 'asc' },
        select: { id: true, title: true, sourcePath: true, videoId: true, lessons: { orderBy: { position: 'asc' }, select: lesson } },
      },
    },
  });
  if (!row) return undefined;
  const chapters = row.chapters.map((chapter) => ({
    ...chapter,
    id: chapter.id as ChapterId,
    lessons: chapter.lessons.map((found) => ({ ...found, id: found.id as LessonId })),
  }));
  const { previewVideoId: trailerId, ...known } = row;
  return { ...known, id: row.id as CourseId, trailerId, chapters };
}
