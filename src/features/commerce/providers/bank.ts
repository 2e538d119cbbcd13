import { runtime } from '#platform/runtime.server.ts';
import type { PaymentProvider } from './provider.ts';

/**
 * Money sent from bank to bank. The order's page says where to, an admin says when it has come (through `applyProviderEvent`, as every provider does), and what goes back
 * is sent by hand.
 */
export const bankProvider: PaymentProvider = {
  name: 'bank',
  title: 'Bank transfer',
  takesMemberships: false,
  minutesToPay: 7 * 24 * 60,
  openSession: async (_ctx, { paymentId, orderNumber }) => ({
    sessionId: `bank_${paymentId}`,
    url: `${runtime().config.origin}/checkout/${orderNumber}`,
  }),
  // Nobody can be asked: an admin reads the account's statement.
  lookUp: async (ctx, sessionId) => ({ kind: 'other', eventId: `look_${sessionId}`, type: 'bank.unknown', happenedAt: ctx.now }),
  refund: async (_ctx, { key }) => ({ refundId: `bank_refund_${key}`, status: 'SUCCEEDED' }),
  closeSession: async () => {},
};
