export type OrderStatus = 'PENDING' | 'PROCESSING' | 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'REFUNDED' | 'PARTIALLY_REFUNDED';

/**
 * The ways an order may go. What was given up may still be settled, by a payment that comes late; what was settled never waits again. A part may be given back
 * several times.
 */
const transitions: Record<OrderStatus, readonly OrderStatus[]> = {
  PENDING: ['PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED'],
  PROCESSING: ['COMPLETED', 'FAILED', 'CANCELLED'],
  COMPLETED: ['PARTIALLY_REFUNDED', 'REFUNDED'],
  FAILED: ['COMPLETED'],
  CANCELLED: ['COMPLETED'],
  PARTIALLY_REFUNDED: ['PARTIALLY_REFUNDED', 'REFUNDED'],
  REFUNDED: [],
};

/** Whether an order in one state may become another. */
export function mayBecome(from: OrderStatus, to: OrderStatus): boolean {
  return transitions[from].includes(to);
}

/** Whether an order was paid and what it bought was given, whatever became of it later. */
export function isSettled(status: OrderStatus): boolean {
  return status === 'COMPLETED' || status === 'REFUNDED' || status === 'PARTIALLY_REFUNDED';
}
