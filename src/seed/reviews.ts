/** What classmates say of the courses, the best and the less so; given in turn to those who have learned enough to say it. */
export const demoReviews: Readonly<Record<string, readonly { rating: number; text: string }[]>> = {
  'postgresql-for-people-who-build-things': [
    { rating: 5, text: 'The lesson about two people and one seat explained a bug that we had for a year. I fixed it the same evening.' },
    { rating: 4, text: 'Dense, in a good way. I needed two evenings for the query plans and would have liked one more exercise there.' },
  ],
  'strength-training-the-calm-way': [
    { rating: 5, text: 'No shouting, no before and after. I squat now without thinking of my knees.' },
    { rating: 3, text: 'Good as far as it goes. I had hoped for a plan beyond the first months.' },
  ],
  'seeing-light': [
    { rating: 5, text: 'I did the exercise with the orange and have not looked at a lamp in the same way since.' },
    { rating: 4, text: 'Short and exact. The third lesson needs a camera with manual settings, it does say so.' },
  ],
  'plain-sentences': [
    { rating: 5, text: 'I rewrote one memo with it and got an answer the same day, for the first time.' },
    { rating: 4, text: 'The examples before and after are the best part. More of them, please.' },
  ],
  'pages-for-everyone': [{ rating: 5, text: 'I unplugged the mouse as told and was ashamed of my own site. It is better now.' }],
  'bread-from-four-ingredients': [
    { rating: 5, text: 'My third loaf looked like bread. The table of times and temperatures hangs on the fridge.' },
    { rating: 4, text: 'Clear, and kind about failures. I still fight with shaping.' },
  ],
  'running-from-zero-to-ten-kilometers': [
    { rating: 5, text: 'Slow enough to talk turned out to be very slow. It is also the first time that I look forward to the next run.' },
  ],
  'your-money-on-one-page': [
    { rating: 4, text: 'The page itself took an hour, and told me where the money went. The sums can be followed by hand.' },
  ],
  'watercolor-in-twelve-strokes': [
    { rating: 5, text: 'I kept the lake. It hangs in the kitchen, and nobody asks who painted it, which I take as praise.' },
  ],
  'numbers-that-do-not-fool-you': [
    { rating: 5, text: 'The lesson on base rates should be on every box of tests. I read the paper differently now.' },
    { rating: 4, text: 'Real arithmetic, nothing waved away. The chapter on intervals I read twice.' },
  ],
  'spanish-from-the-first-conversation': [
    { rating: 5, text: 'The line and the backdrop: three years of school did not explain the two pasts to me, this did in ten minutes.' },
    { rating: 4, text: 'I like that it names the differences between Spain and the Americas. I would pay for recordings.' },
  ],
  'typescript-from-first-principles': [{ rating: 5, text: 'A type is a set of values. Everything after that sentence suddenly follows.' }],
};
