export { type AlarmLine, type AlarmPage, type AlarmsPage, alarmPage, alarmsPage, openAlarms } from './alarms/alarms-page.ts';
export { resolveAlarm } from './alarms/resolve-alarm.ts';
export { addToCart } from './cart/add-to-cart.ts';
export type { AddedToCart } from './cart/cart-item.ts';
export type { CartLine } from './cart/cart-line.ts';
export { type CartPage, cartPage } from './cart/cart-page.ts';
export { addToGuestCart, guestCartFrom, guestCartText, takeGuestCart } from './cart/guest-cart.ts';
export { type OwnMarks, ownMarks } from './cart/own-marks.ts';
export { emptyCart, removeFromCart } from './cart/remove-from-cart.ts';
export { beginPayment } from './checkout/begin-payment.ts';
export { cancelOrder } from './checkout/cancel-order.ts';
export { type CheckoutPage, type CheckoutTyped, checkoutPage } from './checkout/checkout-page.ts';
export type { CheckoutRequest } from './checkout/checkout-read.ts';
export { type OutcomePage, outcomePage } from './checkout/outcome-page.ts';
export { payAnotherWay } from './checkout/pay-another-way.ts';
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
export { addressGift } from './gifts/address-gift.ts';
export { giftCode } from './gifts/code.ts';
export { type GiftPage, giftPage } from './gifts/gift-page.ts';
export type { GiftView } from './gifts/gift-view.ts';
export { type GiftsPage, giftsPage } from './gifts/gifts-page.ts';
export { type Redeeming, redeemGift } from './gifts/redeem-gift.ts';
export { type OrderPaper, orderPaper } from './invoices/order-paper.ts';
export { cancelMembership, resumeMembership } from './memberships/change-renewal.ts';
export { type MembershipPage, type MembershipView, membershipPage } from './memberships/membership-page.ts';
export { openPortal } from './memberships/open-portal.ts';
export { type AdminOrder, adminOrder } from './orders/admin-order.ts';
export { type AdminOrdersPage, adminOrders, type OrderLine } from './orders/admin-orders.ts';
export { cancelPendingOrder } from './orders/cancel-pending-order.ts';
export { markPaid } from './orders/mark-paid.ts';
export type { OrderDetails } from './orders/order-details.ts';
export { type OrderPage, orderPage } from './orders/order-page.ts';
export { type OwnOrderLine, ordersPage } from './orders/orders-page.ts';
export { type OrderInput, placeOrder } from './orders/place-order.ts';
export { resendReceipt } from './orders/resend-receipt.ts';
export { exportPayouts } from './payouts/export-payouts.ts';
export { markPayoutPaid, returnPayout } from './payouts/follow-payout.ts';
export { makePayout } from './payouts/make-payout.ts';
export { type PayoutLine, type PayoutsPage, payoutsPage } from './payouts/payouts-page.ts';
export { commercePersonalData } from './personal-data.ts';
export { offerCourse } from './prices/offer-course.ts';
export { type PricesPage, pricesPage } from './prices/prices-page.ts';
export { removeCoursePrice } from './prices/remove-course-price.ts';
export { setCoursePrice } from './prices/set-course-price.ts';
export type { LineProblem, PricedLine, WantedItem } from './products/priced-lines.ts';
export { type Plan, type ProductPage, productPage } from './products/product-page.ts';
export { productSeo } from './products/product-seo.ts';
export { type ProductCard, type ProductsPage, productsPage, soldPages } from './products/products-page.ts';
export { saveProduct, setProductImage, showProduct } from './products/studio/change-product.ts';
export { makeProduct } from './products/studio/make-product.ts';
export { addProductCourse, moveProductCourse, removeProductCourse } from './products/studio/product-courses.ts';
export { removeProductPrice, setProductPrice } from './products/studio/product-prices.ts';
export { type StudioProduct, studioProduct } from './products/studio/studio-product.ts';
export { type StudioProducts, studioProducts } from './products/studio/studio-products.ts';
export { lookAtBooks } from './proof/prove-books.ts';
export { answerDemo, type DemoPage, demoPage } from './providers/demo-page.ts';
export { refundOrder } from './refunds/refund-order.ts';
export { commerceJobs, commerceMails } from './registered.ts';
export { exportReport } from './reports/export-report.ts';
export { type ReportPage, reportPage } from './reports/report-page.ts';
export { inviteTeam } from './seats/invite-team.ts';
export { type SeatPage, seatPage } from './seats/seat-page.ts';
export { acceptSeat, type Seating, takeOwnSeat } from './seats/take-seat.ts';
export { takeSeatBack } from './seats/take-seat-back.ts';
export { type Team, type TeamPage, teamPage } from './seats/team-page.ts';
export { changeShopSettings } from './settings/change-shop-settings.ts';
export { parsePercent } from './settings/percent.ts';
export { type ShopSettings, shopSettingsPage } from './settings/shop-settings-page.ts';
export { exportStatement } from './statements/export-statement.ts';
export { type StatementLine, type StatementPage, statementPage } from './statements/statement-page.ts';
export { addTaxRate, endTaxRate } from './tax/change-tax-rates.ts';
export { newTaxRatePage, type TaxRateLine, taxRatePage, taxRatesPage } from './tax/tax-rates-page.ts';
export { receivePaymentMessage } from './webhooks/receive-payment-message.ts';
export { addWish } from './wishlist/add-wish.ts';
export { ownWishes } from './wishlist/own-wishes.ts';
export { removeWish } from './wishlist/remove-wish.ts';
export { type WishlistPage, wishlistPage } from './wishlist/wishlist-page.ts';
