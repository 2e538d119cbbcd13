import { redirect } from '@sveltejs/kit';
import { answerDemo, demoPage } from '#features/commerce/index.server.ts';
import { refused } from '../../../form-answers.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const payment = await demoPage(locals.ctx, { sessionId: params.session });
  if (!payment.isOpen) redirect(303, `/checkout/${payment.number}`);
  return { payment };
};

function answer(answer: 'pay' | 'decline' | 'later') {
  return async ({ locals, params }: RequestEvent) => {
    let number: string;
    try {
      ({ number } = await answerDemo(locals.ctx, { sessionId: params.session, answer }));
    } catch (error) {
      return refused(error, {});
    }
    redirect(303, `/checkout/${number}`);
  };
}

export const actions = {
  pay: answer('pay'),
  later: answer('later'),
  decline: answer('decline'),
} satisfies Actions;
