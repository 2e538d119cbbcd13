/** What Tomás gives to people who ask him whether his courses are for them. */
export const couponOfTomas = {
  code: 'FIRST-STEPS',
  description: 'For whoever writes to me and hesitates',
  type: 'PERCENTAGE',
  value: 20,
  currency: null,
  maxDiscount: null,
  minOrder: null,
  maxUses: 100,
  maxUsesPerUser: 1,
  startsAt: null,
  endsAt: null,
  scope: 'INSTRUCTOR',
  instructor: '',
  products: '',
} as const;
