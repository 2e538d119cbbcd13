import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { audit } from '../audit/audit.ts';
import { inAuthTransaction } from '../auth.server.ts';
import { passkeyAddedMail } from '../emails/passkey-added.ts';
import { countAttempt } from '../limits.ts';
import { requireOwner } from '../second-factor/require-owner.ts';
import { type Client, cookiesOf, type SessionCookie } from '../sessions/session-cookies.ts';
import { ceremonyHeaders, judge, parseMade } from './ceremony.ts';
import { passkeyName } from './passkey-name.ts';

/** What the browser needs to make a passkey for the actor, and the cookie of the challenge. */
export async function beginAddingPasskey(ctx: Context, input: { client: Client }): Promise<{ options: object; cookies: SessionCookie[] }> {
  const person = requireOwner(ctx);
  await countAttempt('passkey', input.client, person.email);
  return inAuthTransaction(ctx, async (_, auth) => {
    const headers = ceremonyHeaders(input.client, ['session_token']);
    const made = await auth.api.generatePasskeyRegistrationOptions({ headers, returnHeaders: true });
    return { options: made.response, cookies: cookiesOf(made.headers) };
  });
}

/** Afterwards the row changes only when the passkey is used, so that its last change tells its last use. */
const nameNew = statement<unknown, [id: string, name: string]>('update passkeys set name = $2, updated_at = created_at where id = $1');

/** Keeps the passkey that the actor's browser made, under a name by which they know it again. */
export async function addPasskey(ctx: Context, input: { credential: unknown; client: Client }): Promise<{ name: string }> {
  const person = requireOwner(ctx);
  const response = parseMade(input.credential);
  const headers = ceremonyHeaders(input.client, ['session_token', 'passkey_challenge']);
  return judge(ctx, async (ctx, auth) => {
    const { id } = await auth.api.verifyPasskeyRegistration({ body: { response }, headers });
    const own = await ctx.db.prisma.passkey.findMany({ where: { userId: person.id } });
    const made = own.find((passkey) => passkey.id === id);
    if (!made) throw new Error('The passkey that was just added is not the actor’s');
    const taken = own.flatMap((passkey) => passkey.name ?? []);
    const name = passkeyName({ ...made, userAgent: input.client.userAgent }, taken);
    await ctx.db.sql(nameNew, id, name);
    await audit({ ...ctx, actor: person }, { action: 'accounts.passkeyAdded', subjectType: 'user', subjectId: person.id, after: { name } });
    const { origin } = runtime().config;
    const urls = { passkeysUrl: `${origin}/settings/passkeys`, forgotPasswordUrl: `${origin}/forgot-password` };
    await sendMail(ctx, passkeyAddedMail, person.email, { name: person.name, passkey: name, ...urls });
    return { name };
  });
}
