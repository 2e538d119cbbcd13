import type { Context } from '#platform/context.ts';
import type { Money } from '#platform/money.ts';

/** An order as a provider is asked to take money for it. */
export interface PayableOrder {
  orderId: string;
  orderNumber: string;
  /** The try to pay it: an order that is paid another way, and then this way after all, is a new one. */
  paymentId: string;
  /** What is taken now. */
  total: Money;
  /** What the buyer reads at the provider. */
  title: string;
  buyer: { userId: string; email: string; name: string };
  /** Where the provider sends the buyer back to: by it nothing is settled, it only looks. */
  returnUrl: string;
  cancelUrl: string;
  expiresAt: Date;
  /** Set where the order begins a membership. */
  membership: {
    interval: 'MONTH' | 'YEAR';
    trialDays: number | null;
    /** What is taken each time. The first time it is `total`: nothing while a trial lasts. */
    amount: Money;
  } | null;
}

/** Where a payment goes on. `sessionId` is the provider's name for it; `url` is where the buyer is sent. */
export interface PaymentSession {
  sessionId: string;
  url: string;
}

/** What a provider told about money, in words of the shop. Each is true however often and in whatever order it comes. */
export type ProviderEvent = { eventId: string; type: string; happenedAt: Date } & (
  | { kind: 'paid'; orderId: string; sessionId: string; paymentId: string; paid: Money; subscription: ProviderSubscription | null }
  | { kind: 'failed'; orderId: string; sessionId: string | null; reason: string }
  | { kind: 'expired'; orderId: string; sessionId: string }
  | { kind: 'refunded'; paymentId: string; refundId: string; refunded: Money }
  | { kind: 'refund-failed'; paymentId: string; refundId: string; reason: string }
  | { kind: 'dispute'; paymentId: string; disputeId: string; disputed: Money; reason: string; status: 'OPEN' | 'WON' | 'LOST' }
  | { kind: 'renewed'; subscriptionId: string; paymentId: string; paid: Money; subscription: ProviderSubscription }
  | { kind: 'renewal-failed'; subscriptionId: string; reason: string }
  | { kind: 'subscription'; subscription: ProviderSubscription }
  /** Nothing of the shop's. */
  | { kind: 'other' }
);

/** A membership as its provider has it. */
export interface ProviderSubscription {
  subscriptionId: string;
  status: 'TRIALING' | 'ACTIVE' | 'PAST_DUE' | 'CANCELLED';
  periodStart: Date;
  periodEnd: Date;
  trialEndsAt: Date | null;
  cancelAtPeriodEnd: boolean;
}

/** One way to pay. A new one is a file beside this one and a line in `providers.ts`. */
export interface PaymentProvider {
  /** As it stands in `payments.provider`. */
  name: string;
  /** As buyers read it. */
  title: string;
  /** Whether it can take money month by month. */
  takesMemberships: boolean;
  /** How long an order waits for its money. */
  minutesToPay: number;
  /** Opens a payment. Asked twice for one try, it opens one. */
  openSession(ctx: Context, order: PayableOrder): Promise<PaymentSession>;
  /** Looks up what has become of a session: for the return page, and for orders about to expire. */
  lookUp(ctx: Context, sessionId: string): Promise<ProviderEvent>;
  /** Reads a message of the provider, or throws an AppError `invalid` when its signature or its moment is wrong. */
  readWebhook?(ctx: Context, message: { body: string; headers: Headers }): Promise<ProviderEvent>;
  /** Gives money back; the same key gives it once. */
  refund(
    ctx: Context,
    payment: { paymentId: string; amount: Money; reason: string; key: string },
  ): Promise<{ refundId: string; status: 'SUCCEEDED' | 'PENDING' | 'FAILED' }>;
  /** Closes a session that nobody paid, so that nobody pays it later. Refuses as `conflict` when it is paid, or the money is on its way. */
  closeSession(ctx: Context, sessionId: string): Promise<void>;
  /** Memberships: at the end of the paid time, or after all. */
  setCancelAtPeriodEnd?(ctx: Context, subscriptionId: string, cancel: boolean): Promise<ProviderSubscription>;
  /** The provider's own pages where buyers change their card. */
  portalUrl?(ctx: Context, buyer: { userId: string; returnUrl: string }): Promise<string | null>;
}
