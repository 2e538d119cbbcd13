import { updateChapter } from '#features/catalogue/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import type { ChapterId } from '#platform/ids.ts';
import { fromWallClock } from '#platform/time.ts';

/** When a chapter's lessons open, as its editor says it: at once, so many days after enrolling, or at a moment on the editor's own clock. */
export interface ChapterSettings {
  chapterId: ChapterId;
  title: string;
  description: string;
  isShown: boolean;
  isFree: boolean;
  opens: string;
  releaseAfterDays: string;
  /** As a `datetime-local` field has it. */
  releaseAt: string;
}

/** Changes what a chapter says of itself, who sees it and when it opens. */
export async function changeChapter(ctx: Context, { chapterId, ...settings }: ChapterSettings): Promise<void> {
  const { timeZone } = requirePerson(ctx);
  await updateChapter(ctx, {
    chapterId,
    title: settings.title,
    description: settings.description.trim() || null,
    isFree: settings.isFree,
    ...(settings.isShown ? { published: true, visibility: 'PUBLIC' } : { visibility: 'PRIVATE' }),
    ...releaseOf(settings, timeZone),
  });
}

function releaseOf(
  { opens, releaseAfterDays, releaseAt }: Pick<ChapterSettings, 'opens' | 'releaseAfterDays' | 'releaseAt'>,
  timeZone: string,
) {
  switch (opens) {
    case 'after':
      return { releaseAfterDays: Number(releaseAfterDays || Number.NaN), releaseAt: null };
    case 'at': {
      const moment = fromWallClock(releaseAt, timeZone);
      if (!moment) throw new AppError('invalid', 'Say when it opens.', { fields: { releaseAt: 'Choose a day and a time.' } });
      return { releaseAfterDays: null, releaseAt: moment };
    }
    default:
      return { releaseAfterDays: null, releaseAt: null };
  }
}
