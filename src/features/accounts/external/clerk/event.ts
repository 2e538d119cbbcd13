import { z } from 'zod';

const address = z.object({
  id: z.string(),
  email_address: z.string(),
  verification: z.object({ status: z.string() }).nullish(),
});

const id = z.string().min(1).max(255);

const person = z.object({
  id,
  email_addresses: z.array(address),
  primary_email_address_id: z.string().nullish(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  username: z.string().nullish(),
  /** Milliseconds since 1970, as all of Clerk's times. */
  updated_at: z.int().positive(),
});

/** The events of Clerk that concern a school, as far as it reads them. */
export const clerkEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('user.created'), data: person }),
  z.object({ type: z.literal('user.updated'), data: person }),
  z.object({ type: z.literal('user.deleted'), data: z.object({ id }) }),
]);

export type ClerkEvent = z.infer<typeof clerkEvent>;

/** Someone as Clerk describes them. */
export type ClerkPerson = z.infer<typeof person>;
