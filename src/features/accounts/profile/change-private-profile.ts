import { z } from 'zod';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { localDate } from '#platform/time.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { linkField, linkPlaces } from './links.ts';
import { optionalLine, optionalText } from './text-fields.ts';

const schemaOn = (today: string) =>
  z.object({
    firstName: optionalLine(100),
    lastName: optionalLine(100),
    phone: z
      .string()
      .trim()
      .regex(/^$|^\+?[\d\s()/.-]{5,30}$/, 'Enter a number such as +49 30 123456.')
      .transform((text) => text || null),
    address: optionalText(500),
    dateOfBirth: z
      .string()
      .trim()
      .pipe(z.union([z.literal(''), z.iso.date()], 'Enter a day such as 1990-12-10.'))
      .refine((day) => day === '' || (day > '1900-01-01' && day <= today), 'Enter a day between 1900 and today.')
      .transform((day) => (day ? new Date(`${day}T00:00:00Z`) : null)),
    github: linkField(linkPlaces.github),
    linkedIn: linkField(linkPlaces.linkedIn),
    twitter: linkField(linkPlaces.twitter),
    bluesky: linkField(linkPlaces.bluesky),
    instagram: linkField(linkPlaces.instagram),
    youtube: linkField(linkPlaces.youtube),
  });

export type PrivateProfileChange = Record<keyof z.output<ReturnType<typeof schemaOn>>, string>;

/** Changes what the acting person tells the school alone. */
export async function changePrivateProfile(ctx: Context, input: PrivateProfileChange): Promise<void> {
  const person = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  const { firstName, lastName, phone, address, dateOfBirth, ...links } = parseInput(schemaOn(localDate(ctx.now, person.timeZone)), input);
  const socialLinks = Object.fromEntries(Object.entries(links).filter(([, link]) => link !== null));
  const profile = { firstName, lastName, phone, address, dateOfBirth, socialLinks };
  const userId = person.id;
  await inTransaction(ctx, (ctx) =>
    ctx.db.prisma.userProfile.upsert({
      where: { userId },
      create: { id: newId(), userId, ...profile },
      update: profile,
      select: { id: true },
    }),
  );
}
