import { formatMoney } from '#platform/money.ts';
import type { LineProblem, PricedLine } from '../products/priced-lines.ts';

/** One thing in a cart, in words. */
export interface CartLine {
  productId: string;
  /** The course's address, where it is one that can be wished for. */
  courseSlug: string | null;
  title: string;
  href: string;
  imageUrl: string | null;
  /** Of the course, for a course: its drawn picture is of it. */
  category: string | null;
  /** What kind of thing it is, where it is not one course. */
  kind: string | null;
  /** Courses in it that the buyer has already. */
  owned: string[];
  price: string;
  /** Without the discount of these days; null where there is none. */
  before: string | null;
  quantity: number;
  isGift: boolean;
  accessDays: number | null;
  problem: LineProblem | null;
  /** What is in the way, in words. */
  problemInWords: string | null;
}

/** A line as the page of the cart shows it. */
export function cartLine(line: PricedLine, locale: string): CartLine {
  const words = (minor: number) => formatMoney({ minor, currency: line.currency }, locale);
  return {
    productId: line.productId,
    courseSlug: line.type === 'COURSE' ? line.slug : null,
    title: line.title,
    href: line.type === 'COURSE' ? `/courses/${line.slug}` : `/products/${line.slug}`,
    imageUrl: line.imageUrl,
    category: line.category,
    kind: line.type === 'BUNDLE' ? `Bundle of ${line.courses.length === 1 ? 'one course' : `${line.courses.length} courses`}` : null,
    owned:
      line.isGift || line.quantity > 1 ? [] : line.courses.filter(({ id }) => line.ownedCourseIds.includes(id)).map(({ title }) => title),
    price: words(line.price),
    before: line.price < line.listPrice ? words(line.listPrice) : null,
    quantity: line.quantity,
    isGift: line.isGift,
    accessDays: line.accessDays,
    problem: line.problem,
    problemInWords: line.problem && problemInWords(line.problem, line.currency),
  };
}

/** What is in the way of buying something, in words. */
function problemInWords(problem: LineProblem, currency: string): string {
  switch (problem) {
    case 'not-sold':
      return 'This is not for sale at the moment. Take it out to go on.';
    case 'no-price':
      return `This has no price in ${currency}. Choose another currency, or take it out.`;
    case 'not-for-others':
      return 'A membership is for yourself: it cannot be a gift, nor be bought for a team. Take it out to go on.';
    case 'owned':
      return 'You have this already. Make it a gift, buy seats for a team, or take it out.';
  }
}
