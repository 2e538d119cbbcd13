import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { isId, type UserId } from '#platform/ids.ts';

/** How long a change of address waits for both confirmations. */
export const changeSeconds = 86_400;

/** Which of the two addresses a link was mailed to. */
export type Side = 'current' | 'new';

const sideSchema = z.object({ hash: z.string().nullable(), confirmed: z.boolean() });

const valueSchema = z.object({
  to: z.string(),
  /** The sign-in as it stood when the change was asked for: a new password, or another address, spends the change. */
  mark: z.string(),
  /** The browser that asked, which stays signed in. */
  askedBy: z.string().nullable(),
  current: sideSchema,
  new: sideSchema,
});

export type ChangeValue = z.infer<typeof valueSchema>;

/** A change of address that waits for its confirmations, and whose it is. */
export interface PendingChange extends ChangeValue {
  id: string;
  expiresAt: Date;
  person: { id: UserId; name: string; email: string };
}

interface Row {
  id: string;
  value: string;
  expiresAt: Date;
  userId: UserId;
  name: string;
  email: string;
  passwordHash: string | null;
}

const columns = `v.id, v.value, v.expires_at as "expiresAt", u.id as "userId", u.name, u.email,
  (select password from accounts where accounts.user_id = u.id and provider_id = 'credential') as "passwordHash"`;

/** Held until the transaction ends, so that both confirmations in one moment make one change. */
const lockChange = statement<Row, [id: string, now: string]>(
  `select ${columns} from verifications v join users u on u.id = substr(v.identifier, 14)::uuid and u.deleted_at is null
    where v.id = $1::uuid and v.identifier like 'email-change %' and v.expires_at > $2::timestamptz for update of v`,
);

const changeOfPerson = statement<Row, [userId: string, now: string]>(
  `select ${columns} from users u join verifications v on v.identifier = 'email-change ' || $1
    where u.id = $1::uuid and u.deleted_at is null and v.expires_at > $2::timestamptz`,
);

/** Under which a person's change is kept; at most one of a person waits. */
export function identifierOf(userId: string): string {
  return `email-change ${userId}`;
}

/** The mark of a person's sign-in as it stands. */
export function markOf(person: { id: string; email: string; passwordHash: string | null }): string {
  return createHash('sha256').update(`${person.id} ${person.email} ${person.passwordHash}`).digest('base64url');
}

/** A change as it is kept, for the rest of the transaction; undefined once anything has spent it. For commands that run as the program. */
export async function holdChange(ctx: Context, id: string): Promise<PendingChange | undefined> {
  const [row] = isId(id) ? await ctx.db.sql(lockChange, id, ctx.now.toISOString()) : [];
  return row && unspent(row);
}

/** The change that a person waits for. For queries that run as the program. */
export async function changeOf(ctx: Context, userId: string): Promise<PendingChange | undefined> {
  const [row] = await ctx.db.sql(changeOfPerson, userId, ctx.now.toISOString());
  return row && unspent(row);
}

function unspent(row: Row): PendingChange | undefined {
  const value = valueSchema.parse(JSON.parse(row.value));
  const person = { id: row.userId, name: row.name, email: row.email };
  if (value.mark !== markOf({ ...person, passwordHash: row.passwordHash })) return undefined;
  return { ...value, id: row.id, expiresAt: row.expiresAt, person };
}

/** What is mailed, and what is kept of it. */
export function makeLink(changeId: string): { token: string; hash: string } {
  const secret = randomBytes(32).toString('base64url');
  return { token: `${changeId}.${secret}`, hash: hashOf(secret) };
}

/** The change of a mailed link, and to which address it went. */
export async function changeOfLink(ctx: Context, token: string): Promise<{ change: PendingChange; side: Side } | undefined> {
  const [id = '', secret = ''] = token.split('.');
  const change = await holdChange(ctx, id);
  if (!change) return undefined;
  const side = (['current', 'new'] as const).find((side) => isSame(change[side].hash, hashOf(secret)));
  return side && { change, side };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

function isSame(kept: string | null, given: string): boolean {
  return kept !== null && kept.length === given.length && timingSafeEqual(Buffer.from(kept), Buffer.from(given));
}

/** Keeps what has changed of a change. */
export async function keepChange(ctx: Context, id: string, { to, mark, askedBy, current, new: fresh }: ChangeValue): Promise<void> {
  const value = JSON.stringify({ to, mark, askedBy, current, new: fresh } satisfies ChangeValue);
  await ctx.db.prisma.verification.update({ where: { id }, data: { value } });
}
