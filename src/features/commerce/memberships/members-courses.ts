import { z } from 'zod';
import { type Context, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { defineJob, enqueue } from '#platform/jobs.server.ts';
import { openCourses } from './keep-membership.ts';
import { holdMembership, isDisputed } from './membership-row.ts';

const atATime = 100;
const firstId = '00000000-0000-0000-0000-000000000000';

const membersOf = statement<{ id: string }, [productId: string, after: string]>(
  `select id from subscriptions where product_id = $1::uuid and id > $2::uuid and status in ('TRIALING', 'ACTIVE', 'PAST_DUE') order by id limit ${atATime}`,
);

// Grants of live memberships that a product's courses do not agree with: one that is missing, or one too many.
const differing = statement<{ productId: string }>(
  `select p.id as "productId" from products p
    where p.type = 'MEMBERSHIP' and exists (
      select from subscriptions s where s.product_id = p.id and s.status in ('TRIALING', 'ACTIVE', 'PAST_DUE') and not ${isDisputed} and (
        exists (select from product_courses m join courses c on c.id = m.course_id and c.status <> 'DRAFT' where m.product_id = p.id and not exists (
                  select from access_grants g where g.subscription_id = s.id and g.course_id = m.course_id and g.revoked_at is null))
        or exists (select from access_grants g where g.subscription_id = s.id and g.revoked_at is null and not exists (
                  select from product_courses m where m.product_id = p.id and m.course_id = g.course_id))))`,
);

const schema = z.object({ productId: z.uuid() });

/** Lets every member of a membership follow what is in it. */
export const followMembersCoursesJob = defineJob<z.infer<typeof schema>>({
  name: 'commerce.followMembersCourses',
  schema,
  handler: async (ctx, { productId }) => {
    const school = { ...ctx, actor: system };
    for (let after = firstId, isMore = true; isMore; ) {
      const members = await inTransaction(school, async (ctx) => {
        const found = await ctx.db.sql(membersOf, productId, after);
        for (const { id } of found) await openCourses(ctx, await holdMembership(ctx, id));
        return found;
      });
      after = members.at(-1)?.id ?? after;
      isMore = members.length === atATime;
    }
  },
});

/** Has the members of a membership get the courses that came to it, and lose those that left it, once the transaction that changes it commits. */
export async function followMembersCourses(ctx: Context, input: { productId: string }): Promise<void> {
  await enqueue(ctx, followMembersCoursesJob, input, { key: `members-courses-${input.productId}` });
}

/** Every night, for whatever changed the courses without saying so: a draft that was published, an import. */
export const sweepMembersCoursesJob = defineJob({
  name: 'commerce.sweepMembersCourses',
  schema: z.object({}),
  schedule: '40 2 * * *',
  handler: async (ctx) => {
    const products = await inTransaction({ ...ctx, actor: system }, (ctx) => ctx.db.sql(differing));
    for (const product of products) await inTransaction(ctx, (ctx) => followMembersCourses(ctx, product));
  },
});
