import {
  addProductCourse,
  findCoupon,
  makeCoupon,
  makeProduct,
  offerCourse,
  saveProduct,
  setCoursePrice,
  setProductPrice,
  showProduct,
  studioProducts,
} from '#features/commerce/index.server.ts';
import type { Context } from '#platform/context.ts';
import { systemContext } from '#platform/runtime.server.ts';
import { couponOfTomas } from './coupons.ts';
import { amara, type DemoPerson, ines, lucia, tomas } from './people.ts';

/** A price without a discount's days, for good. */
const plain = { discountAmount: null, discountStartsAt: null, discountEndsAt: null, accessDays: null };

/** What some of the courses cost from now on, in cents; whoever learned in them before keeps them. The others stay free. */
const prices = [
  { folder: 'seeing-light', teacher: amara, USD: 2900, EUR: 2700 },
  { folder: 'watercolor-in-twelve-strokes', teacher: amara, USD: 3900, EUR: 3600 },
  { folder: 'pages-for-everyone', teacher: tomas, USD: 4900, EUR: 4500 },
  { folder: 'numbers-that-do-not-fool-you', teacher: tomas, USD: 4500, EUR: 4200, reducedUSD: 3400 },
  { folder: 'your-money-on-one-page', teacher: lucia, USD: 1900, EUR: 1800 },
  { folder: 'spanish-from-the-first-conversation', teacher: lucia, USD: 5900, EUR: 5500 },
] as const;

const products = [
  {
    maker: amara,
    type: 'BUNDLE',
    name: 'Light and water',
    description: 'Two courses for people who want to look longer: first see where the light falls, then put it on paper with a wet brush.',
    folders: ['seeing-light', 'watercolor-in-twelve-strokes'],
    prices: [
      { currency: 'USD', amount: 4900, interval: null, trialDays: null },
      { currency: 'EUR', amount: 4500, interval: null, trialDays: null },
    ],
  },
  {
    maker: ines,
    type: 'MEMBERSHIP',
    name: 'Everything, month by month',
    description: 'Every course that costs something, for as long as you are a member. Try it for a week; stop whenever you like.',
    folders: prices.map(({ folder }) => folder),
    prices: [
      { currency: 'USD', amount: 1500, interval: 'MONTH', trialDays: 7 },
      { currency: 'USD', amount: 15_000, interval: 'YEAR', trialDays: 7 },
    ],
  },
] as const;

/** A course that was loaded, by the folder that it came from. */
export type CourseOfFolder = (folder: string) => { id: string; slug: string };

/** Whether the shop is open: the coupon is the last thing that is made. */
export async function hasDemoShop(): Promise<boolean> {
  return (await findCoupon(systemContext(), { code: couponOfTomas.code, userId: null })) !== null;
}

/** Opens the shop of the demo school: prices, a bundle, a membership and a coupon. */
export async function openDemoShop(courseOf: CourseOfFolder, as: (person: DemoPerson) => Promise<Context>): Promise<void> {
  for (const { folder, teacher, USD, EUR, ...more } of prices) {
    const [ctx, { slug }] = [await as(teacher), courseOf(folder)];
    const discountAmount = 'reducedUSD' in more ? more.reducedUSD : null;
    await setCoursePrice(ctx, { slug, currency: 'USD', amount: USD, ...plain, discountAmount });
    await setCoursePrice(ctx, { slug, currency: 'EUR', amount: EUR, ...plain });
    await offerCourse(ctx, { slug, isFree: false });
  }
  for (const product of products) await sell(await as(product.maker), product, courseOf);
  if (!(await hasDemoShop())) await makeCoupon(await as(tomas), couponOfTomas);
}

async function sell(ctx: Context, product: (typeof products)[number], courseOf: CourseOfFolder): Promise<void> {
  const { products: made } = await studioProducts(ctx, {});
  const slug = made.find(({ name }) => name === product.name)?.slug ?? (await makeProduct(ctx, product)).slug;
  await saveProduct(ctx, { slug, name: product.name, description: product.description });
  for (const folder of product.folders) await addProductCourse(ctx, { slug, courseId: courseOf(folder).id });
  for (const price of product.prices) await setProductPrice(ctx, { slug, ...price, ...plain });
  await showProduct(ctx, { slug, isPublic: true });
}
