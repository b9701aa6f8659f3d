/** The word for "by" that sites write before a name, in the three languages. */
export const LEADING_BY = /^(?:by|por|بقلم|كتبه?|كتبت)[\s:،]+(?=\S)/iu;
