import type { Context } from '#platform/context.ts';
import { publish } from '#platform/events.server.ts';
import { issueCertificate } from '../certificates/issue-certificate.ts';
import { courseCompleted } from '../events.server.ts';

/** What follows a course that has just been completed, in the same transaction: its certificate, and the word of it. */
export async function afterCompletion(ctx: Context, told: { userId: string; courseId: string; enrollmentId: string }): Promise<void> {
  await issueCertificate(ctx, told);
  await publish(ctx, courseCompleted, told);
}
