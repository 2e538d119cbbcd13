/** The state of a coupon in a word, and the tone of its badge. */
export const couponStates = {
  on: { label: 'On', tone: 'success' },
  'not-begun': { label: 'Not begun', tone: 'neutral' },
  over: { label: 'Over', tone: 'neutral' },
  'used-up': { label: 'Used up', tone: 'neutral' },
  off: { label: 'Off', tone: 'warning' },
} as const;

/** "12 of 50", or how often where there is no limit. */
export function usesInWords({ used, maxUses }: { used: number; maxUses: number | null }): string {
  return maxUses === null ? String(used) : `${used} of ${maxUses}`;
}
