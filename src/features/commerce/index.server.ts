export {
  type CouponPage,
  type CouponUse,
  couponBoxes,
  couponPage,
  type NewCouponPage,
  newCouponPage,
  type TypedCoupon,
} from './coupons/coupon-page.ts';
export { type CouponDesk, type CouponLine, type CouponsPage, couponsPage } from './coupons/coupons-page.ts';
export { findCoupon } from './coupons/find-coupon.ts';
export { changeCoupon, makeCoupon, switchCoupon } from './coupons/save-coupon.ts';
export { commercePersonalData } from './personal-data.ts';
export { offerCourse } from './prices/offer-course.ts';
export { type PricesPage, pricesPage } from './prices/prices-page.ts';
export { removeCoursePrice } from './prices/remove-course-price.ts';
export { setCoursePrice } from './prices/set-course-price.ts';
export { changeShopSettings } from './settings/change-shop-settings.ts';
export { parsePercent } from './settings/percent.ts';
export { type ShopSettings, shopSettingsPage } from './settings/shop-settings-page.ts';
export { addTaxRate, endTaxRate } from './tax/change-tax-rates.ts';
export { newTaxRatePage, type TaxRateLine, taxRatePage, taxRatesPage } from './tax/tax-rates-page.ts';
export { addWish } from './wishlist/add-wish.ts';
export { ownWishes } from './wishlist/own-wishes.ts';
export { removeWish } from './wishlist/remove-wish.ts';
export { type WishlistPage, wishlistPage } from './wishlist/wishlist-page.ts';
