/** Characters a password must have; there is no rule about their kinds. Source: OWASP ASVS 5.0, 6.2.1 (eight or more, fifteen recommended). */
export const passwordMinLength = 12;

/** Characters beyond which hashing would only cost time. */
export const passwordMaxLength = 256;

/** What is wrong with a new password in words for the person who chose it, or undefined. */
export function passwordProblem(password: string, person: { name: string; email: string }): string | undefined {
  const length = [...password].length;
  if (length < passwordMinLength) return `Use ${passwordMinLength} characters or more. A few unrelated words make a good password.`;
  if (length > passwordMaxLength) return `Use at most ${passwordMaxLength} characters.`;
  if (isPersonal(password, person)) return 'Do not use your name or e-mail address as the password.';
  if (isPredictable(password)) return 'That is too easy to guess. A few unrelated words make a good password.';
  return undefined;
}

function isPersonal(password: string, { name, email }: { name: string; email: string }): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const known = [name, email, email.split('@')[0] ?? ''].map(plain).filter(Boolean);
  return known.includes(plain(password).replace(/\d+$/, '')) || known.includes(plain(password));
}

const runs = [
  '0123456789012345',
  '9876543210987654',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
];
const favorites = [
  'password',
  'passwort',
  'mypassword',
  'iloveyou',
  'letmein',
  'welcome',
  'administrator',
  'admin',
  'qwerty',
  'lyceum',
  'lyceum-demo-school',
];

/** One short piece over and over, a run of the keyboard, or everybody's favorite word with digits or signs around it. */
function isPredictable(password: string): boolean {
  const lower = password.toLowerCase();
  if (/^(.{1,4})\1+.{0,3}$/u.test(lower) || runs.some((run) => run.includes(lower))) return true;
  const core = lower.replace(/^[\d\p{P}\p{S}]+|[\d\p{P}\p{S}]+$/gu, '');
  return core.length * 3 >= lower.length && (favorites.includes(core) || runs.some((run) => run.includes(core)));
}
