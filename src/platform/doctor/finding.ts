/** What one look at the school found. */
export interface Finding {
  /** What was looked at, in a word or two. */
  check: string;
  /** `warn`: it works, and somebody should look. `fail`: it does not work, or does not protect. */
  state: 'ok' | 'warn' | 'fail';
  /** One line that says how it is, and what to do where something is wrong. */
  words: string;
}

/** Makes the findings of one check. */
export function findingsOf(check: string): Record<Finding['state'], (words: string) => Finding> {
  return {
    ok: (words) => ({ check, state: 'ok', words }),
    warn: (words) => ({ check, state: 'warn', words }),
    fail: (words) => ({ check, state: 'fail', words }),
  };
}
