import { Webhook } from 'standardwebhooks';
import { POST } from '../../src/routes/webhooks/clerk/+server.ts';
import type { TestSchool } from './test-school.ts';

const clerkSecret = `whsec_${Buffer.from('a key that the test has made up').toString('base64')}`;
/** Settings of a school that hears of Clerk. */
export const clerkSettings = { CLERK_WEBHOOK_SECRET: clerkSecret };

/** How an event is sent; as Clerk would, unless it says otherwise. */
export interface Delivery {
  id?: string;
  at?: Date;
  key?: string;
  headers?: Record<string, string>;
  /** What becomes of the body once it has been signed. */
  change?: (body: string) => string;
}

/** Clerk, as a school hears of it. */
export interface Clerk {
  /** Sends an event as Clerk's messenger, Svix, does. */
  deliver(event: unknown, delivery?: Delivery): Promise<Response>;
  /** Whom an identity at Clerk is here. */
  personOf(id: string): Promise<Record<string, unknown> | undefined>;
  /** What the newest report about an identity stumbled over. */
  problemOf(id: string): Promise<string | null>;
}

/** Clerk beside a school. */
export function clerkBeside(school: TestSchool): Clerk {
  let deliveries = 0;
  return {
    async deliver(
      event,
      { id = `msg_${++deliveries}`, at = new Date(), key = clerkSecret, headers = {}, change = (body: string) => body } = {},
    ) {
      const body = JSON.stringify(event);
      const signed = {
        'svix-id': id,
        'svix-timestamp': String(Math.floor(at.getTime() / 1000)),
        'svix-signature': new Webhook(key).sign(id, at, body),
        ...headers,
      };
      const request = new Request('http://localhost:3000/webhooks/clerk', { method: 'POST', body: change(body), headers: signed });
      return POST({ locals: { ctx: school.asGuest() }, request } as unknown as Parameters<typeof POST>[0]);
    },
    async personOf(id) {
      const { rows } = await school.database.owner.query(
        `select u.id, u.name, u.email, u.email_verified as verified, u.image, u.role, u.deleted_at is not null as closed
           from accounts a join users u on u.id = a.user_id where a.provider_id = 'clerk' and a.account_id = $1`,
        [id],
      );
      return rows[0];
    },
    async problemOf(id) {
      const latest = "select error from webhook_events where payload ->> 'id' = $1 order by id desc limit 1";
      return (await school.database.owner.query(latest, [id])).rows[0]?.error;
    },
  };
}

interface Details {
  email?: string;
  status?: string;
  first?: string | null;
  last?: string | null;
  username?: string | null;
  updatedAt?: number;
}

/** An event in the form of Clerk's documentation, with more in it than the school reads. */
export function clerkUser(type: 'user.created' | 'user.updated', id: string, details: Details = {}) {
  const { email = `${id}@clerk.test`, status = 'verified', first = 'Ada', last = 'Lovelace', username = null, updatedAt = 1_000 } = details;
  return {
    object: 'event',
    type,
    instance_id: 'ins_123',
    timestamp: updatedAt,
    data: {
      id,
      object: 'user',
      first_name: first,
      last_name: last,
      username,
      image_url: 'https://img.clerk.com/picture',
      email_addresses: [
        {
          id: 'idn_other',
          email_address: `other-${id}@clerk.test`,
          verification: { status: 'verified', strategy: 'email_code' },
          linked_to: [],
        },
        { id: 'idn_main', email_address: email, verification: { status, strategy: 'email_code' }, linked_to: [] },
      ],
      primary_email_address_id: 'idn_main',
      created_at: 1_000,
      updated_at: updatedAt,
    },
  };
}

/** The end of an identity at Clerk. */
export const clerkDeletion = (id: string) => ({ object: 'event', type: 'user.deleted', data: { id, object: 'user', deleted: true } });
