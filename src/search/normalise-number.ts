const ZEROS = [0x0660, 0x06f0];

/** Digits of any Arabic script as those of the others; `text` is in NFKC. */
export const foldDigits = (text: string): string =>
  text.replaceAll(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - (ZEROS.findLast((zero) => code >= zero) ?? code));
  });

/**
 * One spelling of a number: no separators of thousands, a full stop before the fraction. Null: no number.
 *
 * @param decimal what stands before the fraction in its language.
 */
export const normaliseNumber = (text: string, decimal: '.' | ','): string | null => {
  const digits = foldDigits(text.normalize('NFKC'))
    .replaceAll('٬', decimal === '.' ? ',' : '.')
    .replaceAll('٫', decimal);
  if (!/^\d+(?:[.,]\d+)*$/.test(digits)) return null;
  const thousands = decimal === '.' ? ',' : '.';
  const [whole = '', ...rest] = digits.split(decimal);
  const isGrouped = new RegExp(`^\\d{1,3}(?:[${thousands}]\\d{3})+$`).test(whole);
  if (rest.length > 1 || rest.some((part) => part.includes(thousands))) return digits;
  if (!isGrouped && whole.includes(thousands)) return digits.replaceAll(thousands, '.');
  return [whole.replaceAll(thousands, ''), ...rest].join('.');
};
