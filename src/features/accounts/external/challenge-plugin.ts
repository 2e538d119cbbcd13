import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { generateIdTokenNonce, generateState, parseState } from 'better-auth/oauth2';
import { z } from 'zod';

const errand = z.object({
  purpose: z.enum(['sign-in', 'connect']),
  providerId: z.string(),
  /** Who wants to connect. */
  personId: z.string().optional(),
  /** Where they were heading. */
  next: z.string().optional(),
});

/** Why someone was sent to a provider. It waits in the database for the answer. */
export type Errand = z.infer<typeof errand>;

const opened = z.object({ errand, codeVerifier: z.string(), idTokenNonce: z.string() });

const beginning = { method: 'POST', body: z.object({ userId: z.string() }), metadata: { SERVER_ONLY: true } } as const;

/**
 * What better-auth does for a sign-in by a provider beside the protocol itself: it ties a question to one browser by a signed cookie and to
 * one answer by a row that is spent, and it begins sessions. None of it is reachable from outside.
 */
export const challengePlugin = {
  id: 'lyceum-challenge',
  endpoints: {
    openChallenge: createAuthEndpoint.serverOnly({ method: 'POST', body: errand }, async (c) => {
      const nonce = generateIdTokenNonce({ requiresIdTokenNonce: true } as Parameters<typeof generateIdTokenNonce>[0]) ?? '';
      const { state, codeVerifier } = await generateState(c, { additionalData: { errand: c.body }, idTokenNonce: nonce });
      return c.json({ state, codeVerifier, nonce });
    }),
    /** Redirects, which here means that it throws, when the state is unknown, spent, too old or another browser's. */
    spendChallenge: createAuthEndpoint.serverOnly({ method: 'POST', query: z.object({ state: z.string() }) }, async (c) => {
      const { idTokenNonce: nonce, ...spent } = opened.parse(await parseState(c));
      return c.json({ ...spent, nonce });
    }),
    // By its path the second factor knows it as a way in that proves one factor.
    beginSession: createAuthEndpoint('/sign-in/identity', beginning, async (c) => {
      const { internalAdapter } = c.context;
      const user = await internalAdapter.findUserById(c.body.userId);
      if (!user) throw new Error('Nobody to begin a session for');
      const session = await internalAdapter.createSession(user.id, false);
      await setSessionCookie(c, { session, user }, false);
      return c.json({ sessionId: session.id });
    }),
  },
} satisfies BetterAuthPlugin;
