import type { StoredFile } from '#features/media/index.server.ts';
import type { Context } from '#platform/context.ts';
import type { CourseId } from '#platform/ids.ts';
import type { ImportReport } from './report.ts';

/** Whoever follows an import: hears how far it is, and is there when it writes. */
export interface Follower {
  progress?(percent: number, message: string): Promise<void>;
  /** In the transaction that writes, before the first change: the course that is about to be updated, or undefined when it will be a new one. */
  beforeWriting?(ctx: Context, courseId: CourseId | undefined): Promise<void>;
  /** In the same transaction, after the last change. */
  afterWriting?(ctx: Context, report: ImportReport, files: readonly StoredFile[]): Promise<void>;
}

/** Hears of one thing after another between two percentages. */
export function steps(follower: Follower, message: string, [from, to]: [number, number], count: number): () => Promise<void> {
  let done = 0;
  return async () => {
    done += 1;
    await follower.progress?.(from + Math.floor(((to - from) * done) / Math.max(1, count)), `${message} (${done} of ${count})`);
  };
}
