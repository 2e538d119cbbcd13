/** Why somebody asks for a review to be looked at, with words for each. */
export const reportReasons = {
  spam: 'It is advertising or spam',
  abuse: 'It is insulting or hateful',
  private: 'It tells private things of somebody',
  'off-topic': 'It is not about the course',
  other: 'Something else',
} as const;
