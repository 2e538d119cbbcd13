import { expect, test } from 'vitest';
import { channelOf, channelOfItem } from './channel.ts';

const ofTeacher = { instructorId: 'teacher', createdById: 'admin' };
const ofSchool = { instructorId: null, createdById: 'admin' };

test.each([
  ['nobody sent the buyer', null, null, 'ORGANIC'],
  ['a coupon of the school', ofSchool, null, 'ORGANIC'],
  ['a coupon of a seller', ofTeacher, null, 'OWN_COUPON'],
  ['a link of somebody', null, 'friend', 'AFFILIATE'],
  ['a link, and a coupon of the school', ofSchool, 'friend', 'AFFILIATE'],
  ['a link, and a coupon of a seller', ofTeacher, 'friend', 'OWN_COUPON'],
])('%s', (_, coupon, affiliateId, expected) => {
  const { channel, affiliateId: kept } = channelOf({ coupon, affiliateId, sellerIds: ['other', 'teacher'] });
  expect([channel, kept]).toEqual([expected, expected === 'AFFILIATE' ? 'friend' : null]);
});

test.each([
  ['what a seller’s coupon covers', ofTeacher, null, true, 'OWN_COUPON'],
  ['what it does not cover', ofTeacher, null, false, 'ORGANIC'],
  ['what a coupon of the school covers', ofSchool, 'friend', true, 'AFFILIATE'],
  ['what a link of somebody else led to', null, 'friend', false, 'AFFILIATE'],
  ['what the seller’s own link led to', null, 'teacher', false, 'OWN_COUPON'],
])('an item: %s', (_, coupon, affiliateId, isDiscounted, expected) => {
  expect(channelOfItem({ coupon, affiliateId, isDiscounted, sellerId: 'teacher' })).toBe(expected);
});
