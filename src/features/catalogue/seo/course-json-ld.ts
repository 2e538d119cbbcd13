import type { CoursePage } from '../course-page.ts';
import { schoolName } from './school.ts';

/** A course and the way to it in the words of schema.org. Source: https://schema.org/Course, and Google’s guide to structured data of courses. */
export function courseJsonLd(course: CoursePage, { origin, image }: { origin: string; image: string }): object {
  return { '@context': 'https://schema.org', '@graph': [courseThing(course, { origin, image }), trail(course, origin)] };
}

function courseThing(course: CoursePage, { origin, image }: { origin: string; image: string }): object {
  const url = `${origin}/courses/${course.slug}`;
  return {
    '@type': 'Course',
    '@id': url,
    url,
    name: course.title,
    description: course.metaDescription || course.title,
    image,
    inLanguage: course.language,
    educationalLevel: course.level,
    ...(course.objectives.length > 0 ? { teaches: course.objectives } : {}),
    ...(course.categories.length > 0 ? { about: course.categories.map((category) => category.name) } : {}),
    provider: { '@type': 'Organization', name: schoolName, url: `${origin}/` },
    hasCourseInstance: {
      '@type': 'CourseInstance',
      courseMode: 'online',
      courseWorkload: `PT${Math.max(1, course.durationMinutes)}M`,
      instructor: course.instructors.map((instructor) => ({ '@type': 'Person', name: instructor.name })),
    },
    ...offersOf(course, url),
    ...(course.rating
      ? {
          aggregateRating: {
            '@type': 'AggregateRating',
            ratingValue: course.rating.average,
            ratingCount: course.rating.count,
            bestRating: 5,
            worstRating: 1,
          },
        }
      : {}),
  };
}

/** A course that costs something and has no price is offered to nobody. */
function offersOf({ isFree, price, currency }: CoursePage, url: string): { offers?: object } {
  const offer = { '@type': 'Offer', url, availability: 'https://schema.org/InStock' };
  if (isFree) return { offers: { ...offer, category: 'Free', price: 0, priceCurrency: currency } };
  return price ? { offers: { ...offer, category: 'Paid', price: price.amount, priceCurrency: price.currency } } : {};
}

function trail(course: CoursePage, origin: string): object {
  const [category] = course.categories;
  const steps = [
    { name: 'Courses', item: `${origin}/courses` },
    ...(category ? [{ name: category.name, item: `${origin}/categories/${encodeURIComponent(category.slug)}` }] : []),
    { name: course.title, item: `${origin}/courses/${course.slug}` },
  ];
  return {
    '@type': 'BreadcrumbList',
    itemListElement: steps.map((step, index) => ({ '@type': 'ListItem', position: index + 1, ...step })),
  };
}
