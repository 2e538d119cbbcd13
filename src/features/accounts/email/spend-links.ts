import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';

/** better-auth keeps whose a link is as the id alone, or with the address in JSON; a change of address is kept under the person's id. */
const deleteProofs = statement<unknown, [userId: string, email: string]>(
  `delete from verifications where value = $1 or identifier = 'email-change ' || $1 or position(to_json($2::text)::text in value) > 0`,
);

/** Makes every mailed link of a person worthless: whoever reads their old mailbox gets in nowhere. */
export async function spendLinks(ctx: Context, person: { id: string; email: string }): Promise<void> {
  await ctx.db.sql(deleteProofs, person.id, person.email);
}
