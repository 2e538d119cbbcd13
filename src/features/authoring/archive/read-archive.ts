import { quizzesOfLessonsDangerouslyUnchecked } from '#features/assessment/index.server.ts';
import { filesOfDangerouslyUnchecked, type KeptFile } from '#features/media/index.server.ts';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { CourseId, FileId } from '#platform/ids.ts';
import { keepWhole, type WholeCourse } from '../imports/whole-course.ts';
import { type ArchiveDocument, archiveDocument, archiveVersion } from './archive-document.ts';
import { courseOf, type Kept, lessonOf, pathOfPackageFile, videoOf } from './archived-rows.ts';
import { archivedText, keysIn } from './archived-texts.ts';
import { type Beside, readBeside } from './companions.ts';
import { withoutRemoved } from './without-removed.ts';

/** An archive before it is packed: its document, and where the bytes of its files are stored. */
export interface ReadArchive {
  document: ArchiveDocument;
  /** Storage keys by path in the archive. */
  keys: Map<string, string>;
}

const courseBySlug = statement<{ id: CourseId }, [string]>('select id from courses where slug = $1');
const slugsOf = statement<{ id: string; slug: string }, [readonly string[], readonly string[]]>(
  'select id, slug from courses where id = any ($1::uuid[]) union all select id, slug from categories where id = any ($2::uuid[])',
);

/** Reads a course that the actor may change into what an archive holds. */
export async function readArchive(ctx: Context, { courseSlug }: { courseSlug: string }): Promise<ReadArchive> {
  return inTransaction(ctx, async (ctx) => {
    const [found] = await ctx.db.sql(courseBySlug, courseSlug);
    if (!found) throw new AppError('not-found', 'There is no such course among yours.');
    const whole = withoutRemoved(await keepWhole(ctx, found.id));
    const { categories, prerequisites } = whole.course.rows;
    const ids = (rows: typeof categories, name: string) => rows.map((row) => row[name] as string);
    const slugs = await ctx.db.sql(slugsOf, ids(prerequisites, 'prerequisite_id'), ids(categories, 'category_id'));
    const quizzes = await quizzesOfLessonsDangerouslyUnchecked(ctx, whole.course);
    const files = await filesOf(ctx, whole, JSON.stringify([...quizzes.values()]));
    const kept: Kept = {
      whole,
      quizzes,
      pathOf: new Map(files.map((file) => [file.id as string, pathOf(file.sha256)])),
      slugOf: new Map(slugs.map(({ id, slug }) => [id, slug])),
    };
    return pack(ctx, kept, files, await readBeside(ctx, found.id));
  });
}

function pathOf(sha256: string): string {
  return `files/${sha256}`;
}

/** Every file that the course's rows point at or its texts name. */
function filesOf(ctx: Context, { course, videos, quizzes }: WholeCourse, words: string): Promise<KeptFile[]> {
  const { courses, chapters, lessons, resources } = course.rows;
  const pointed = [
    ...[...courses, ...lessons].map((row) => row.image_file_id),
    ...resources.map((row) => row.file_id),
    ...videos.videos.flatMap((row) => [row.file_id, row.poster_file_id]),
    ...videos.captions.map((row) => row.file_id),
  ];
  const texts = [
    ...courses.map((row) => `${row.description} ${JSON.stringify(row.faq)}`),
    ...[...chapters, ...lessons].map((row) => String(row.content)),
  ];
  const keys = keysIn([...texts, ...quizzes.assignments.map((row) => String(row.instructions)), words].join('\n'));
  const ids = pointed.filter((id): id is FileId => typeof id === 'string');
  return filesOfDangerouslyUnchecked(ctx, { ids: [...new Set(ids)], keys: [...new Set(keys)] });
}

function pack(ctx: Context, kept: Kept, files: readonly KeptFile[], beside: Beside): ReadArchive {
  const keys = new Map<string, string>();
  const archived = new Map<string, ArchiveDocument['files'][number]>();
  for (const file of files) {
    const path = pathOf(file.sha256);
    keys.set(path, file.key);
    const variants = file.variants.map((variant, index) => {
      // Of a smaller size nobody keeps a hash; it is told apart by what it is a size of.
      const own = `${path}-${index + 1}`;
      keys.set(own, variant.key);
      return { path: own, width: variant.width, height: variant.height };
    });
    archived.set(path, {
      path,
      name: file.name,
      contentType: file.contentType,
      sizeBytes: file.sizeBytes,
      visibility: file.visibility,
      variants,
    });
  }
  for (const { key } of kept.whole.packages.files) keys.set(pathOfPackageFile(String(key)), String(key));
  const paths = new Map(files.map((file) => [file.key, pathOf(file.sha256)]));
  const { lessons, chapters } = kept.whole.course.rows;
  const sources = new Map(lessons.map((row) => [row.id as string, sourceOf(row)]));
  const text = (markdown: string) => archivedText(markdown, paths, sources);
  const document = archiveDocument.parse({
    lyceum: 'course',
    version: archiveVersion,
    exportedAt: ctx.now.toISOString(),
    course: courseOf(kept, text),
    beside,
    chapters: byPosition(chapters).map((row) => ({
      source: sourceOf(row),
      title: row.title,
      description: row.description,
      content: text(String(row.content)),
      video: videoOf(row.video_id, kept.whole, kept.pathOf),
      published: row.published,
      visibility: row.visibility,
      isFree: row.is_free,
      releaseAfterDays: row.release_after_days,
      releaseAt: row.release_at === null ? null : new Date(String(row.release_at)).toISOString(),
      lessons: byPosition(lessons.filter((lesson) => lesson.chapter_id === row.id)).map((lesson) =>
        lessonOf(lesson, sourceOf(lesson), kept, text),
      ),
    })),
    files: [...archived.values()],
  });
  return { document, keys };
}

/** A lesson or chapter that was made here is named by its id: an archive of another day names it the same. */
function sourceOf(row: Record<string, unknown>): string {
  return String(row.source_path ?? row.id);
}

function byPosition(rows: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  return [...rows].sort((a, b) => Number(a.position) - Number(b.position));
}
