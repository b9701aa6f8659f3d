/** Older events weigh less than a two-hundredth of a fresh one. */
export const TRENDING_HOURS = 48;
export const TRENDING_HALF_LIFE_HOURS = 6;
/** Who passes a story on cares more than who opens it. */
export const VIEWS_PER_SHARE = 5;
