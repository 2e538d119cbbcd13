import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { UserId } from '#platform/ids.ts';
import { dangerouslyAsSystem } from '../auth.server.ts';

/** Someone who can be written to. */
export interface Addressee {
  id: UserId;
  name: string;
  email: string;
  timeZone: string;
}

const addressees = statement<Addressee, [email: string | null, id: string | null]>(
  'select id, name, email, time_zone as "timeZone" from users where (email = $1 or id = $2::uuid) and deleted_at is null',
);

/** The person of an address. DANGEROUS: it says whether an address is known. Whoever asks has made sure that the actor may know, and not for many addresses. */
export async function personOfAddressDangerouslyUnchecked(ctx: Context, input: { email: string }): Promise<Addressee | undefined> {
  const [person] = await dangerouslyAsSystem(ctx).db.sql(addressees, input.email.trim().toLowerCase(), null);
  return person;
}

/** The address of a person, to write to. DANGEROUS: whoever asks shows it to nobody. */
export async function addressOfPersonDangerouslyUnchecked(ctx: Context, input: { userId: string }): Promise<Addressee | undefined> {
  const [person] = await dangerouslyAsSystem(ctx).db.sql(addressees, null, input.userId);
  return person;
}
