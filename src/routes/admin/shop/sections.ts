/** The parts of the page, each with a form of its own. */
export const sections = ['prices', 'seller', 'taxes', 'bank', 'shares', 'days'] as const;
export type Section = (typeof sections)[number];
