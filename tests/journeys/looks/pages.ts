/** Who looks at a page. */
export type Who = 'guest' | 'student' | 'instructor' | 'admin';

const typescript = '/courses/typescript-from-first-principles';
const studio = '/studio/courses/typescript-from-first-principles';
const everybody: Who[] = ['guest', 'student', 'instructor', 'admin'];

/** Every page of the route tree, with the addresses at which it is looked at, and by whom. */
export const pages: Record<string, { who: Who[]; at: string[] }> = {
  '/': { who: ['guest', 'student'], at: ['/'] },
  '/account-closed': { who: ['guest'], at: ['/account-closed'] },
  '/admin': { who: ['admin'], at: ['/admin'] },
  '/admin/applications': { who: ['admin'], at: ['/admin/applications'] },
  '/admin/audit': { who: ['admin'], at: ['/admin/audit'] },
  '/admin/mail': { who: ['admin'], at: ['/admin/mail'] },
  '/admin/mail/[id]': { who: ['admin'], at: ['the newest mail'] },
  '/admin/mail/previews': { who: ['admin'], at: ['/admin/mail/previews'] },
  '/admin/mail/previews/[kind]': { who: ['admin'], at: ['/admin/mail/previews/accounts.verifyEmail'] },
  '/admin/users': { who: ['admin'], at: ['/admin/users', '/admin/users?search=nobody-of-that-name'] },
  '/admin/users/[id]': { who: ['admin'], at: ['a student'] },
  '/admin/users/import': { who: ['admin'], at: ['/admin/users/import'] },
  '/admin/users/new': { who: ['admin'], at: ['/admin/users/new'] },
  '/cart': { who: ['guest', 'student'], at: ['/cart'] },
  '/categories/[slug]': { who: ['guest'], at: ['/categories/programming'] },
  '/certificates': { who: ['guest', 'student'], at: ['/certificates'] },
  '/certificates/[code]': { who: ['student'], at: ['a certificate'] },
  '/confirm-email-change': { who: ['guest'], at: ['/confirm-email-change'] },
  '/courses': { who: ['guest'], at: ['/courses', '/courses?q=typescript&level=beginner&free=1', '/courses?q=nothing-of-that-kind'] },
  '/courses/[slug]': { who: everybody, at: [typescript] },
  '/courses/[slug]/reviews': { who: ['guest', 'student', 'instructor'], at: [`${typescript}/reviews`] },
  '/dashboard': { who: ['student', 'instructor', 'admin'], at: ['/dashboard'] },
  '/forgot-password': { who: ['guest'], at: ['/forgot-password'] },
  '/instructors/[username]': { who: ['guest'], at: ['/instructors/tomas-lindqvist'] },
  '/learn/[course]': { who: ['student'], at: ['/learn/postgresql-for-people-who-build-things'] },
  '/learn/[course]/[lesson]': {
    who: ['guest', 'student'],
    at: ['/learn/typescript-from-first-principles/types-are-sets-of-values', '/learn/strength-training-the-calm-way/the-squat'],
  },
  '/magic-link': { who: ['guest'], at: ['/magic-link'] },
  '/magic-link/open': { who: ['guest'], at: ['/magic-link/open'] },
  '/notes': { who: ['student', 'instructor'], at: ['/notes', '/notes?q=nothing-of-that-kind'] },
  '/products': { who: ['guest'], at: ['/products'] },
  '/reset-password': { who: ['guest'], at: ['/reset-password', '/reset-password?token=a-token-that-opens-nothing'] },
  '/settings/api-keys': { who: ['student'], at: ['/settings/api-keys'] },
  '/settings/calendar': { who: ['student'], at: ['/settings/calendar'] },
  '/settings/connections': { who: ['student'], at: ['/settings/connections'] },
  '/settings/email': { who: ['student'], at: ['/settings/email'] },
  '/settings/learning': { who: ['student'], at: ['/settings/learning'] },
  '/settings/notifications': { who: ['student'], at: ['/settings/notifications'] },
  '/settings/passkeys': { who: ['student'], at: ['/settings/passkeys'] },
  '/settings/preferences': { who: ['student'], at: ['/settings/preferences'] },
  '/settings/privacy': { who: ['student'], at: ['/settings/privacy'] },
  '/settings/privacy/close': { who: ['student'], at: ['/settings/privacy/close'] },
  '/settings/profile': { who: ['student', 'instructor'], at: ['/settings/profile'] },
  '/settings/security': { who: ['student'], at: ['/settings/security'] },
  '/settings/teaching': { who: ['student', 'instructor'], at: ['/settings/teaching'] },
  '/settings/two-step': { who: ['student'], at: ['/settings/two-step'] },
  '/sign-in': { who: ['guest'], at: ['/sign-in'] },
  '/sign-out': { who: ['student'], at: ['/sign-out'] },
  '/studio/imports': { who: ['instructor'], at: ['/studio/imports'] },
  '/studio/imports/new': { who: ['instructor'], at: ['/studio/imports/new'] },
  '/sign-up': { who: ['guest'], at: ['/sign-up'] },
  '/studio': { who: ['student', 'instructor'], at: ['/studio', '/studio?q=nothing-of-that-kind'] },
  '/studio/courses/[course]': { who: ['instructor'], at: ['/studio/courses/typescript-from-first-principles'] },
  '/studio/courses/[course]/access': { who: ['instructor'], at: [`${studio}/access`] },
  '/studio/courses/[course]/announcements': { who: ['instructor'], at: [`${studio}/announcements`] },
  '/studio/courses/[course]/copy': { who: ['instructor'], at: ['/studio/courses/typescript-from-first-principles/copy'] },
  '/studio/courses/[course]/details': { who: ['instructor'], at: [`${studio}/details`] },
  '/studio/courses/[course]/publish': { who: ['instructor'], at: [`${studio}/publish`] },
  '/studio/courses/[course]/students': { who: ['instructor'], at: [`${studio}/students`, `${studio}/students?search=nobody-of-that-name`] },
  '/studio/courses/[course]/students/[student]': { who: ['instructor'], at: ['a student of theirs'] },
  '/studio/courses/[course]/team': { who: ['instructor'], at: [`${studio}/team`] },
  '/studio/courses/[course]/lessons/[lesson]': {
    who: ['instructor'],
    at: ['/studio/courses/typescript-from-first-principles/lessons/types-are-sets-of-values'],
  },
  '/studio/courses/[course]/lessons/[lesson]/versions': {
    who: ['instructor'],
    at: ['/studio/courses/typescript-from-first-principles/lessons/types-are-sets-of-values/versions'],
  },
  '/studio/courses/new': { who: ['instructor'], at: ['/studio/courses/new'] },
  '/studio/courses/[course]/lessons/[lesson]/package': {
    who: ['instructor'],
    at: [`/studio${typescript}/lessons/types-are-sets-of-values/package`],
  },
  '/studio/products': { who: ['instructor', 'admin'], at: ['/studio/products'] },
  '/wishlist': { who: ['student'], at: ['/wishlist'] },
  '/verify-email': { who: ['guest'], at: ['/verify-email'] },
};

/** Pages that open only in the middle of something; the tests named here look at them. */
export const seenElsewhere: Record<string, string> = {
  '/studio/invitations/[id]': 'journeys/studio-course.test.ts',
  '/products/[slug]': 'journeys/shop.test.ts',
  '/studio/products/[product]': 'journeys/shop.test.ts',
  '/first-admin': 'operating/first-admin.test.ts',
  '/settings/confirm': 'journeys/passkeys-and-two-step.test.ts',
  '/sign-in/second-step': 'journeys/passkeys-and-two-step.test.ts',
  '/studio/imports/[id]': 'journeys/imports.test.ts',
  '/sign-in/with/[provider]': 'journeys/openid.test.ts',
};

/** The addresses that somebody looks at. */
export function addressesFor(who: Who): string[] {
  return Object.values(pages).flatMap((page) => (page.who.includes(who) ? page.at : []));
}
