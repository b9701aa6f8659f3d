/** A `pubStatus` that takes an item down; the older words too. */
export const IS_WITHDRAWN = /^(?:withheld|cancell?ed|withdrawn|killed)$/i;
