/** A line of a menu: a link, or with `action` a form that posts there. */
export type MenuItem =
  | { label: string; href: string; divided?: boolean }
  | { label: string; action: string; fields?: Record<string, string>; danger?: boolean; divided?: boolean };
