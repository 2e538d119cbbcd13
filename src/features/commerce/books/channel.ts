/** How a buyer came: by a coupon (or a link) of the seller, by a link of somebody else, or by themself. */
export type RevenueChannel = 'OWN_COUPON' | 'ORGANIC' | 'AFFILIATE';

/** Whose coupon it is: the instructor whom its scope names, or whoever made it. */
interface CouponOfSomebody {
  instructorId: string | null;
  createdById: string;
}

interface Sold {
  coupon: CouponOfSomebody | null;
  affiliateId: string | null;
}

/**
 * The channel of an order as it is placed: the coupon of a seller of something in it goes before the link by which the buyer came. The affiliate is kept exactly
 * for AFFILIATE.
 */
export function channelOf({ coupon, sellerIds, affiliateId }: Sold & { sellerIds: readonly string[] }): {
  channel: RevenueChannel;
  affiliateId: string | null;
} {
  if (coupon && sellerIds.includes(sellerOf(coupon))) return { channel: 'OWN_COUPON', affiliateId: null };
  return affiliateId ? { channel: 'AFFILIATE', affiliateId } : { channel: 'ORGANIC', affiliateId: null };
}

/**
 * The channel of one item, which its share goes by: the seller's coupon must cover it, and a seller who sent the buyer with a link of their own has sold it
 * themself, as with a coupon.
 */
export function channelOfItem({
  coupon,
  affiliateId,
  sellerId,
  isDiscounted,
}: Sold & { sellerId: string; isDiscounted: boolean }): RevenueChannel {
  if (coupon && isDiscounted && sellerOf(coupon) === sellerId) return 'OWN_COUPON';
  if (affiliateId === null) return 'ORGANIC';
  return affiliateId === sellerId ? 'OWN_COUPON' : 'AFFILIATE';
}

function sellerOf(coupon: CouponOfSomebody): string {
  return coupon.instructorId ?? coupon.createdById;
}
