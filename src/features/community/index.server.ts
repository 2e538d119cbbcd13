export { announce } from './announcements/announce.ts';
export { type AnnouncementsPage, announcementsPage } from './announcements/announcements-page.ts';
export { courseNews } from './announcements/course-news.ts';
export { communityPersonalData } from './personal-data.ts';
export { communityJobs, communityMails } from './registered.ts';
