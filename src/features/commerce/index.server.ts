export { commercePersonalData } from './personal-data.ts';
export { offerCourse } from './prices/offer-course.ts';
export { type PricesPage, pricesPage } from './prices/prices-page.ts';
export { removeCoursePrice } from './prices/remove-course-price.ts';
export { setCoursePrice } from './prices/set-course-price.ts';
export { addWish } from './wishlist/add-wish.ts';
export { ownWishes } from './wishlist/own-wishes.ts';
export { removeWish } from './wishlist/remove-wish.ts';
export { type WishlistPage, wishlistPage } from './wishlist/wishlist-page.ts';
