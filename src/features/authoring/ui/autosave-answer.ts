/** What a form that keeps itself is answered when not everything is kept. */
export type AutosaveAnswer =
  | { kind: 'refused'; message: string; fields: Record<string, string> }
  /** Somebody changed these fields meanwhile: what they wrote, as text. */
  | { kind: 'conflict'; theirs: Record<string, string>; marks: Record<string, string> };
