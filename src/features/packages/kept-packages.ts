import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { dropOthers, type KeptRows, type KeptTable, keepRows, putBack } from '#platform/database/kept-rows.ts';
import { AppError } from '#platform/errors.ts';
import type { LessonId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';

const packages: KeptTable = { name: 'packages', key: ['id'] };
const files: KeptTable = { name: 'package_files', key: ['lesson_id', 'path'] };

/** The packages of lessons, as they are at a moment. */
export interface KeptPackages {
  packages: KeptRows;
  files: KeptRows;
}

/** Keeps the packages of lessons as they are. DANGEROUS, like putting them back: whoever calls has made sure that the actor may change the course. */
export async function keepPackagesDangerouslyUnchecked(
  ctx: Context,
  { lessonIds }: { lessonIds: readonly LessonId[] },
): Promise<KeptPackages> {
  return inTransaction(ctx, async (ctx) => ({
    packages: await keepRows(ctx, packages, 'lesson_id', lessonIds),
    files: await keepRows(ctx, files, 'lesson_id', lessonIds),
  }));
}

/** Puts the packages of lessons back as they were kept, while their bytes are still there. */
export async function restorePackagesDangerouslyUnchecked(
  ctx: Context,
  { lessonIds, kept }: { lessonIds: readonly LessonId[]; kept: KeptPackages },
): Promise<void> {
  for (const key of new Set(kept.files.map((row) => row.key as string)))
    if (!(await runtime().storage.exists(key)))
      throw new AppError('conflict', 'The files of the package that was here before are gone. Put that package in again instead.');
  await inTransaction(ctx, async (ctx) => {
    await dropOthers(ctx, packages, 'lesson_id', lessonIds, kept.packages);
    await putBack(ctx, packages, kept.packages);
    await dropOthers(ctx, files, 'lesson_id', lessonIds, kept.files);
    await putBack(ctx, files, kept.files);
  });
}
