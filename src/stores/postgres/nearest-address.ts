/**
 * SQL for the order of the rows of `addresses` that have one spelling key: the spelling `value` itself, then who stands
 * there today, then who came first. There are several only where they were told apart before spellings were compared.
 */
export const nearestAddressSql = (address: string, value: string): string =>
  `(${address}.value = ${value}) DESC, ${address}.is_current DESC, ${address}.since, ${address}.value`;
