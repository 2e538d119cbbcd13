import { z } from 'zod';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { linkField, linkPlaces, webPageField } from './links.ts';
import { mayTeach } from './policy.ts';
import { listField, optionalLine } from './text-fields.ts';

const schema = z.object({
  title: optionalLine(120),
  expertise: listField({ lines: 20, characters: 60 }),
  yearsOfExperience: z
    .string()
    .trim()
    .regex(/^\d{0,2}$/, 'Enter a whole number of years.')
    .transform((years) => (years === '' ? null : Number(years)))
    .refine((years) => years === null || years <= 80, 'Enter at most 80 years.'),
  certifications: listField({ lines: 20, characters: 160 }),
  linkedIn: linkField(linkPlaces.linkedIn),
  twitter: linkField(linkPlaces.twitter),
  github: linkField(linkPlaces.github),
  website: webPageField,
});

/** Every field as a form has it; lists have one thing a line. */
export type TeachingProfileChange = Record<keyof z.output<typeof schema>, string>;

/** Changes how the acting instructor is shown to learners. */
export async function changeTeachingProfile(ctx: Context, input: TeachingProfileChange): Promise<void> {
  const person = requirePerson(ctx);
  if (!mayTeach(person)) throw new AppError('forbidden', 'Only instructors have a page as instructors.');
  refuseWhileImpersonating(ctx);
  const profile = parseInput(schema, input);
  const userId = person.id;
  await inTransaction(ctx, (ctx) =>
    ctx.db.prisma.instructorProfile.upsert({
      where: { userId },
      create: { id: newId(), userId, ...profile },
      update: profile,
      select: { id: true },
    }),
  );
}
