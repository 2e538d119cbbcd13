import { hashPassword } from 'better-auth/crypto';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { newId } from '#platform/ids.ts';
import { audit } from '../../audit/audit.ts';
import { holdAddress } from '../../person-by-email.ts';
import { invite } from '../invite.ts';
import type { Candidate } from './candidates.ts';

const hashedAtOnce = 2;
const perTransaction = 100;

/** Makes people by the hundred, each hundred in one transaction. Gives the addresses of those who were made. */
export async function makePeople(ctx: Context, candidates: Candidate[]): Promise<Set<string>> {
  const made = new Set<string>();
  for (let from = 0; from < candidates.length; from += perTransaction) {
    const some = await withHashes(candidates.slice(from, from + perTransaction));
    for (const email of await inTransaction(ctx, (ctx) => makeSome(ctx, some))) made.add(email);
  }
  return made;
}

type Ready = Omit<Candidate, 'password'> & { id: string; hash?: string };

async function withHashes(candidates: Candidate[]): Promise<Ready[]> {
  const ready: Ready[] = [];
  for (let from = 0; from < candidates.length; from += hashedAtOnce) {
    const some = candidates.slice(from, from + hashedAtOnce).map(async ({ password, ...person }) => {
      const hash = password === undefined ? undefined : await hashPassword(password);
      return { ...person, id: newId(), hash };
    });
    ready.push(...(await Promise.all(some)));
  }
  return ready;
}

async function makeSome(ctx: Context, people: Ready[]): Promise<string[]> {
  const { prisma } = ctx.db;
  // In one order, so that two imports wait for each other and not both.
  const addresses = people.map(({ email }) => email).sort();
  await Promise.all(addresses.map((email) => holdAddress(ctx, email)));
  const rows = await prisma.user.createManyAndReturn({
    data: people.map(({ hash: _, ...person }) => ({ ...person, emailVerified: true, createdAt: ctx.now })),
    skipDuplicates: true,
    select: { id: true },
  });
  const ids = new Set(rows.map(({ id }) => id));
  const made = people.filter(({ id }) => ids.has(id));
  await prisma.account.createMany({
    data: made.flatMap(({ id, hash }) =>
      hash === undefined ? [] : [{ id: newId(), userId: id, providerId: 'credential', accountId: id, password: hash }],
    ),
  });
  const teachers = made.filter(({ role }) => role === 'INSTRUCTOR');
  await prisma.instructorProfile.createMany({ data: teachers.map(({ id }) => ({ id: newId(), userId: id })) });
  for (const { id, role } of made) {
    await audit(ctx, { action: 'accounts.userCreated', subjectType: 'user', subjectId: id, after: { role, by: 'import' } });
  }
  await Promise.all(made.filter(({ hash }) => hash === undefined).map(({ id }) => invite(ctx, id)));
  return made.map(({ email }) => email);
}
