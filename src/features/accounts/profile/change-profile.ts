import { z } from 'zod';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { parseInput } from '#platform/input.ts';
import { nameField } from '../fields.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { webPageField } from './links.ts';
import { optionalLine, optionalText } from './text-fields.ts';

const schema = z.object({ name: nameField, headline: optionalLine(120), bio: optionalText(4000), website: webPageField });

export interface ProfileChange {
  name: string;
  headline: string;
  /** Markdown. */
  bio: string;
  website: string;
}

/** Changes what others see of the acting person. */
export async function changeProfile(ctx: Context, input: ProfileChange): Promise<void> {
  const { id } = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  const profile = parseInput(schema, input);
  await inTransaction(ctx, (ctx) => ctx.db.prisma.user.update({ where: { id }, data: profile, select: { id: true } }));
}
