import { z } from 'zod';
import { addressOfPersonDangerouslyUnchecked } from '#features/accounts/index.server.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { defineJob } from '#platform/jobs.server.ts';
import { sendMail } from '#platform/mail.server.ts';
import { courseHandedOverMail } from '../emails/course-handed-over.ts';
import { courseReceivedMail } from '../emails/course-received.ts';
import { addressOf } from '../seo/school.ts';

interface HandedOver {
  slug: string;
  courseTitle: string;
  owner: string;
  formerOwner: string;
  /** Null where the program did it. */
  by: string | null;
}

const handedOver = statement<HandedOver, [courseId: string, ownerId: string, formerOwnerId: string, byId: string | null]>(`
  select c.slug, c.title as "courseTitle", o.name as owner, f.name as "formerOwner", b.name as by
    from courses c join people o on o.id = $2::uuid join people f on f.id = $3::uuid left join people b on b.id = $4::uuid where c.id = $1::uuid`);

/** Writes to both whom a handing over concerns: who owns the course now, and who did. */
export const mailHandedOverJob = defineJob({
  name: 'catalogue.mailHandedOver',
  schema: z.object({ courseId: z.uuid(), ownerId: z.uuid(), formerOwnerId: z.uuid(), byId: z.uuid().nullable() }),
  async handler(ctx, { courseId, ownerId, formerOwnerId, byId }) {
    await inTransaction(ctx, async (ctx) => {
      const [found] = await ctx.db.sql(handedOver, courseId, ownerId, formerOwnerId, byId);
      if (!found) return;
      const { slug, by, ...facts } = found;
      const [owner, former] = [
        await addressOfPersonDangerouslyUnchecked(ctx, { userId: ownerId }),
        await addressOfPersonDangerouslyUnchecked(ctx, { userId: formerOwnerId }),
      ];
      const studioUrl = addressOf(`/studio/courses/${slug}`);
      if (owner) await sendMail(ctx, courseReceivedMail, owner.email, { ...facts, name: owner.name, by: by ?? 'The school', studioUrl });
      if (!former) return;
      const doer = byId === formerOwnerId ? null : (by ?? 'The school');
      await sendMail(ctx, courseHandedOverMail, former.email, { ...facts, name: former.name, by: doer, teamUrl: `${studioUrl}/team` });
    });
  },
});
