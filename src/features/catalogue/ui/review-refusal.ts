/** What was refused of a form about a review just now: its words, those at each field, and what was typed. */
export interface ReviewRefusal {
  message: string;
  fields: Record<string, string>;
  values: Record<string, string>;
}
