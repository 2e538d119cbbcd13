/** What only people who are signed in see of the frame and the storefront. */
export { default as ImpersonationBanner } from '#features/accounts/ui/impersonation-banner.svelte';
export { default as WishHeart } from '#features/commerce/ui/wish-heart.svelte';
export { default as AccountMenu } from './account-menu.svelte';
