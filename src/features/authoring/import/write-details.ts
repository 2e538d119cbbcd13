import {
  assignCategories,
  createCategory,
  createCourse,
  type ImportedCourse,
  requireCourses,
  updateCourse,
} from '#features/catalogue/index.server.ts';
import { mayRunCatalogue } from '#features/catalogue/policy.ts';
import type { Context } from '#platform/context.ts';
import type { CourseId, FileId, UserId, VideoId } from '#platform/ids.ts';
import type { CourseDraft } from './draft.ts';
import type { StoredMedia } from './store-media.ts';
import { withStoredFiles } from './stored-words.ts';
import { writeVideo } from './write-video.ts';

interface Details {
  draft: CourseDraft;
  before: ImportedCourse | undefined;
  ownerId: UserId;
  media: StoredMedia;
  fileIds: ReadonlyMap<string, FileId>;
}

export interface WrittenCourse {
  id: CourseId;
  slug: string;
  title: string;
  isChanged: boolean;
}

/** Writes what the source says of the course itself. */
export async function writeDetails(ctx: Context, { draft, before, ownerId, media, fileIds }: Details): Promise<WrittenCourse> {
  const { categories, prerequisites, image, featured, description, faq, ...said } = draft.details;
  const stored = (markdown: string) => withStoredFiles(markdown, media.urls, new Map());
  const cover = image === undefined ? undefined : media.byPath.get(image);
  if (featured && !mayRunCatalogue(ctx.actor)) draft.leftOut.push({ path: 'course', what: 'only an admin can feature a course' });
  const videoId = (before?.trailerId ?? undefined) as VideoId | undefined;
  const trailer = draft.trailer && (await writeVideo(ctx, { ...draft.trailer, videoId, media, fileIds }));
  const fields = {
    ...said,
    ...(description === undefined ? {} : { description: stored(description) }),
    ...(faq === undefined ? {} : { faq: faq.map(({ question, answer }) => ({ question, answer: stored(answer) })) }),
    ...(trailer ? { previewVideoId: trailer.id } : {}),
    ...(cover ? { imageFileId: fileIds.get(cover.key) ?? null } : {}),
    ...(featured !== undefined && mayRunCatalogue(ctx.actor) ? { featured } : {}),
  };
  const course = before
    ? await updated(ctx, before, draft, fields)
    : {
        ...(await createCourse(ctx, {
          isFree: true,
          ...fields,
          title: draft.title,
          slug: draft.slug,
          instructorId: ownerId,
          importKey: draft.importKey,
        })),
        title: draft.title,
        isChanged: true,
      };
  const needs = prerequisites !== undefined && (await writePrerequisites(ctx, draft, course.id, prerequisites));
  course.isChanged ||= needs || trailer?.changed === true;
  if (categories === undefined) return course;
  if (mayRunCatalogue(ctx.actor)) for (const name of categories) await createCategory(ctx, { name });
  const { changed, unknown } = await assignCategories(ctx, { courseId: course.id, names: categories });
  for (const name of unknown) draft.leftOut.push({ path: 'course', what: `there is no category “${name}”` });
  return { ...course, isChanged: course.isChanged || changed };
}

async function writePrerequisites(ctx: Context, draft: CourseDraft, courseId: CourseId, slugs: string[]): Promise<boolean> {
  const { changed, unknown, circular } = await requireCourses(ctx, { courseId, slugs });
  for (const slug of unknown) draft.leftOut.push({ path: 'course', what: `there is no course “${slug}” to be finished first` });
  for (const slug of circular) draft.leftOut.push({ path: 'course', what: `“${slug}” cannot come first: it asks for this course itself` });
  return changed;
}

async function updated(
  ctx: Context,
  before: ImportedCourse,
  draft: CourseDraft,
  { isFree, ...fields }: { isFree?: boolean },
): Promise<WrittenCourse> {
  const title = draft.isTitleSaid ? draft.title : before.title;
  // An archive says what a course costs where it comes from; here that is set already.
  const offer = isFree === undefined || draft.beside ? {} : { isFree };
  const changed = await updateCourse(ctx, { courseId: before.id, ...fields, ...offer, title });
  return { id: before.id, slug: before.slug, title, isChanged: changed.length > 0 };
}
