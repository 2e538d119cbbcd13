export { commercePersonalData } from './personal-data.ts';
export { addWish } from './wishlist/add-wish.ts';
export { ownWishes } from './wishlist/own-wishes.ts';
export { removeWish } from './wishlist/remove-wish.ts';
export { type WishlistPage, wishlistPage } from './wishlist/wishlist-page.ts';
