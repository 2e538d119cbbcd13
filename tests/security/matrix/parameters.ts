import type { Member, World } from './cast.ts';

/** What stands in the brackets of an address when this member tries it; an `of …` at the end of a deed's name chooses other ones. */
export async function parametersOf(deed: string, world: World, member: Member): Promise<Record<string, string>> {
  const taught = deed.endsWith(' of a draft')
    ? world.draft
    : deed.endsWith('?/enroll') || deed.includes('/publish POST')
      ? world.untouched
      : world.course;
  const { ids, mailId, categorySlug, usernames, importId, handedOut, couponIds, taxRateId, alarmId, bundleSlug, unpaid } = world;
  const lesson = taught.lessons[0];
  const kept = [
    ['/admin/alarms', alarmId],
    ['/admin/coupons', couponIds.school],
    ['/admin/mail', mailId],
    ['/admin/taxes', taxRateId],
    ['/studio/coupons', couponIds.instructor],
    ['/studio/imports', importId],
  ].find(([place = '']) => deed.startsWith(place));
  const themselves = member === 'guest' ? ids.otherStudent : ids[member];
  return {
    slug: deed.startsWith('/categories') ? categorySlug : deed.startsWith('/products') ? bundleSlug : taught.slug,
    product: bundleSlug,
    username: deed.endsWith(' of a student') ? usernames.student : usernames.instructor,
    ...codesOf(deed, world),
    number: deed.includes('.pdf') ? world.invoicedOrder : deed.startsWith('/checkout') ? unpaid.orderNumber : handedOut.orderNumber,
    place: '1',
    course: taught.slug,
    lesson: lesson?.slug ?? '',
    chapter: taught.chapterIds[0] ?? '',
    lessonId: lesson?.id ?? '',
    id: kept?.[1] ?? (deed.endsWith(' of oneself') ? themselves : await world.newcomer()),
    key: 'nothing/here.webp',
    kind: 'accounts.resetPassword',
    student: deed.endsWith(' of nobody') ? themselves : world.enrollmentId,
    name: '192',
    session: unpaid.demoSession,
    provider: 'openid',
  };
}

/** Codes and secrets that stand in addresses. */
function codesOf(deed: string, { certificateCode, handedOut }: World) {
  const isOfNobody = deed.endsWith(' of nobody');
  const [code, unknown] = deed.startsWith('/gifts') ? [handedOut.giftCode, '0000-0000-0000-0000'] : [certificateCode, 'LYC-0000-0000-0000'];
  return { code: isOfNobody ? unknown : code, token: isOfNobody || !deed.startsWith('/seats') ? 'nothing' : handedOut.seatToken };
}
