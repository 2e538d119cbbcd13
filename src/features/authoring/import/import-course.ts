import { mayCreateCourse } from '#features/catalogue/policy.ts';
import { discardFiles } from '#features/media/index.server.ts';
import { discardPackage } from '#features/packages/index.server.ts';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import type { UserId } from '#platform/ids.ts';
import { formatOf, importFormats } from './formats/all.ts';
import type { Follower } from './follower.ts';
import type { ImportReport } from './report.ts';
import { openSource } from './source/open-source.ts';
import { sayStored } from './say-stored.ts';
import { type StoredMedia, storeMedia } from './store-media.ts';
import { writeCourse } from './write-course.ts';

export interface ImportInput {
  /** A folder, or a zip or tar.gz archive, on this machine. */
  path: string;
  /** What the archive is called, where its path does not say it. */
  name?: string;
  /** Whose course it will be; the acting person's own when it is left out. */
  instructorId?: UserId;
  /** Instead of the title that the source gives. */
  title?: string;
  /** Makes the course visible to all in the end. */
  publish?: boolean;
}

/** Writing a large course takes its time: every text is rendered within the transaction that makes it visible. */
const writingTimeoutMs = 10 * 60 * 1000;

/**
 * Makes a course of a folder or archive, or brings the course up to date that was made of it before. All or nothing: when it fails, no row and no
 * stored byte of it remains. What of the source could not be used is in the report.
 */
export async function importCourse(ctx: Context, input: ImportInput, follower: Follower = {}): Promise<ImportReport> {
  const ownerId = input.instructorId ?? (ctx.actor.kind === 'person' ? ctx.actor.id : undefined);
  if (ownerId === undefined || !mayCreateCourse(ctx.actor, ownerId))
    throw new AppError('forbidden', 'Only instructors import courses, and for themselves.');
  await follower.progress?.(1, 'Unpacking');
  const tree = await openSource(input.path, input.name);
  const media: StoredMedia = { files: [], urls: new Map(), byPath: new Map(), films: new Map(), packages: new Map(), packageFiles: [] };
  try {
    const format = await formatOf(tree);
    if (!format)
      throw new AppError(
        'invalid',
        `${input.name ?? input.path} is none of the formats that can be imported (${importFormats.map((known) => known.name).join(', ')}).`,
      );
    await follower.progress?.(10, `Reading ${format.name}`);
    const draft = await format.read(tree);
    if (input.title !== undefined) Object.assign(draft, { title: input.title.trim().slice(0, 200), isTitleSaid: true });
    await storeMedia(ctx, { draft, tree, ownerId, follower }, media);
    sayStored(draft, media);
    await follower.progress?.(70, 'Writing the course');
    return await inTransaction(
      ctx,
      async (ctx) => {
        const written = await writeCourse(ctx, { draft, media, ownerId, publish: input.publish ?? false, follower });
        const report = { format: format.name, ...written };
        await follower.afterWriting?.(ctx, report, media.files);
        return report;
      },
      { timeoutMs: writingTimeoutMs },
    );
  } catch (error) {
    await discardFiles(ctx, media.files);
    await discardPackage(ctx, media.packageFiles);
    throw error;
  } finally {
    await tree.close();
  }
}
