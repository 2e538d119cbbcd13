/** A passing message. It may offer one way on, such as undo. */
export interface Toast {
  message: string;
  tone?: 'neutral' | 'success' | 'danger';
  /** A link, or a form that posts to `action`. */
  next?: { label: string; href: string } | { label: string; action: string; fields?: Record<string, string> };
}

interface ShownToast extends Toast {
  key: number;
}

/** Long enough to read twice; one with something to press stays longer. */
const staysMs = { plain: 6_000, withAction: 12_000 };

let count = 0;

/** The messages on screen. Lives in the browser only. */
export const toasts = $state<{ shown: ShownToast[] }>({ shown: [] });

/** Shows a message for a while and reads it out. Call it from the browser only. */
export function showToast(toast: Toast): void {
  const key = ++count;
  toasts.shown.push({ ...toast, key });
  setTimeout(() => dismissToast(key), toast.next ? staysMs.withAction : staysMs.plain);
}

/** Takes a message away. */
export function dismissToast(key: number): void {
  toasts.shown = toasts.shown.filter((toast) => toast.key !== key);
}
