import { type ImportedCourse, importedCourse, publishCourse } from '#features/catalogue/index.server.ts';
import { recordFiles } from '#features/media/index.server.ts';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { UserId } from '#platform/ids.ts';
import { giveBeside, placeOfBeside } from '../archive/companions.ts';
import type { CourseDraft } from './draft.ts';
import type { Follower } from './follower.ts';
import { matchDraft } from './match.ts';
import type { ImportReport } from './report.ts';
import type { StoredMedia } from './store-media.ts';
import { writeDetails } from './write-details.ts';
import { hideGone, writeOutline } from './write-outline.ts';
import { writeTexts } from './write-texts.ts';

export interface Writing {
  draft: CourseDraft;
  media: StoredMedia;
  ownerId: UserId;
  publish: boolean;
  follower: Follower;
}

const holdImport = statement<unknown, [string]>("select pg_advisory_xact_lock(hashtextextended('import ' || $1, 0))");

/** Writes a draft through the catalogue's own commands, so that whoever may not change the course is refused there. Runs in the caller's transaction. */
export async function writeCourse(
  ctx: Context,
  { draft, media, ownerId, publish, follower }: Writing,
): Promise<Omit<ImportReport, 'format'>> {
  await ctx.db.sql(holdImport, `${ownerId} ${draft.importKey}`);
  const before = await importedCourse(ctx, { instructorId: ownerId, importKey: draft.importKey });
  if (before) refuseStranger(draft, before);
  await follower.beforeWriting?.(ctx, before?.id);
  const match = matchDraft(draft, before);
  const fileIds = await recordFiles(ctx, media.files);

  const course = await writeDetails(ctx, { draft, before, ownerId, media, fileIds });
  if (before) leaveBeside(draft);
  else await giveBeside(ctx, course.id, draft.beside ?? {});
  const outline = await writeOutline(ctx, { draft, before, match, courseId: course.id });
  const texts = await writeTexts(ctx, { draft, match, media, fileIds, outline, follower });
  const hidden = await hideGone(ctx, match);
  const publishing = publish ? await publishCourse(ctx, { courseId: course.id }) : { kind: 'not-asked' as const };

  const isChanged = course.isChanged || outline.isChanged || texts.isChanged || hidden.length > 0 || publishing.kind === 'published';
  return {
    course: { id: course.id, slug: course.slug, title: course.title },
    outcome: !before ? 'created' : isChanged ? 'updated' : 'unchanged',
    publishing,
    durationSeconds: texts.durationSeconds,
    counts: countsOf(draft, media),
    chapters: draft.chapters.map(({ title, source, lessons }) => ({
      title,
      source,
      lessons: lessons.map((lesson) => texts.lines.get(lesson)!),
    })),
    hidden,
    cameIn: draft.cameIn,
    kept: draft.kept,
    changed: draft.changed,
    leftOut: draft.leftOut,
  };
}

/** A second folder of the same name is another course, and must not silently take the place of the first. */
function refuseStranger(draft: CourseDraft, before: ImportedCourse): void {
  const sources = new Set(draft.chapters.flatMap((chapter) => chapter.lessons.map((lesson) => lesson.source)));
  const hasLessons = before.chapters.some((chapter) => chapter.lessons.length > 0);
  const isKin = before.chapters.some((chapter) =>
    chapter.lessons.some((lesson) => lesson.sourcePath !== null && sources.has(lesson.sourcePath)),
  );
  if (!hasLessons || isKin || before.title === draft.title) return;
  const name = draft.importKey.replace(/^\w+:/, '');
  throw new AppError(
    'conflict',
    `“${before.title}” was imported from a source named “${name}”, and this one has none of its lessons. Rename the folder, or write “id: another-name” into its course.md. Nothing was imported.`,
  );
}

/** What a course that is here already costs is said here, and not by an archive of another day. */
function leaveBeside(draft: CourseDraft): void {
  const places = Object.keys(draft.beside ?? {}).map(placeOfBeside);
  draft.cameIn = draft.cameIn.filter(({ path }) => !places.includes(path));
  draft.leftOut.push(...places.map((path) => ({ path, what: 'what this course has here stays as it is' })));
}

function countsOf(draft: CourseDraft, media: StoredMedia): ImportReport['counts'] {
  const lessons = draft.chapters.flatMap((chapter) => chapter.lessons);
  const stored = [...draft.assets.values()].filter((asset) => media.byPath.has(asset.path));
  return {
    chapters: draft.chapters.length,
    lessons: lessons.length,
    pictures: stored.filter((asset) => asset.kind === 'image').length,
    attachments: stored.filter((asset) => asset.kind === 'attachment').length,
    videos: lessons.filter((lesson) => lesson.video && (lesson.video.provider !== 'FILE' || media.films.has(lesson.source))).length,
    questions: lessons.flatMap((lesson) => lesson.quizzes ?? []).reduce((sum, quiz) => sum + quiz.questions.length, 0),
  };
}
