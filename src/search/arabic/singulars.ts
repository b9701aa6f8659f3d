import { KNOWN_PLURALS } from './irregular-words.ts';
import { foldArabic } from './normalise-arabic.ts';

/** Participles and nouns that have the shape of a plural. */
const NO_PLURALS = new Set(
  `مقاتل محافظ مساعد معارض مواطن محارب مراقب مهاجم مدافع مسافر مهاجر منافس مناصر مشاهد مشارك مراسل محاسب مقاوم متابع مبادر معاصر مباشر
  حوالي مناسب محاول مفاوض مقابل مخالف موافق معادل مجاور شعور جنوب ظهور وجود عمود عجوز فطور رسول حضور عبور دخول جدول تموز غضون جمهور وقود`.split(
    /\s+/,
  ),
);

/** A shape of broken plural, in a tidy word, and the folded singulars it may have; C stands for a letter. */
type Shape = readonly [plural: string, ...singulars: readonly string[]];

/**
 * Letters are numbered. Whether a word begins with أ or إ and ends in ة, ه, ى or ي decides between a plural and another
 * word, so these are shapes of what was written.
 */
const SHAPES: readonly Shape[] = [
  // مشاريع مشروع، عناوين عنوان، تقارير تقرير، قوانين قانون
  ['12ا3ي4', '123و4', '123ا4', '123ي4'],
  ['1وا3ي4', '1ا3و4'],
  // مدارس مدرسة، عوامل عامل، وثائق وثيقة، رسائل رسالة، أماكن مكان
  ['12ا34', '1234', '123ا4'],
  ['1وا34', '1ا34'],
  ['12ائ3', '12ي3', '12ا3', '12و3'],
  ['[أا]1ا23', '12ا3'],
  // أطفال طفل، أموال مال، أسرار سر، أعضاء عضو
  ['[أا]12ا3', '123'],
  ['[أا]1وا3', '1ا3'],
  ['[أا]12ا2', '12'],
  ['[أا]12اء', '12و', '12ي', '12ء', '12ي2'],
  // حروب حرب، حقوق حق
  ['12و3', '123'],
  ['12و2', '12'],
  // خبراء خبير، علماء عالم، أصدقاء صديق
  ['123اء', '12ي3', '1ا23'],
  ['[أا]123اء', '12ي3'],
  // أسلحة سلاح، أرصدة رصيد، أدوية دواء
  ['[أا]123[ةه]', '12ا3', '12ي3'],
  ['[أا]12ي[ةه]', '12ا'],
  // قضايا قضية، قتلى قتيل
  ['12ايا', '12ي'],
  ['123ى', '12ي3'],
  // Not plurals, but as regular: إعلان أعلن، مشاركة شارك
  ['إ12ا3', 'ا123'],
  ['م1ا23ة', '1ا23'],
];

const compile = (plural: string): RegExp => {
  const letters = plural.replaceAll(/\d/g, (letter, at: number) =>
    plural.indexOf(letter) < at ? `\\k<c${letter}>` : `(?<c${letter}>[^ة])`,
  );
  // A last ه is an owner or a ta marbuta, unless the shape says so.
  return new RegExp(plural.endsWith(']') ? `^${letters}$` : `^${letters}(?<!ه)$`);
};

const PATTERNS = SHAPES.map(([plural, ...singulars]) => ({ plural, pattern: compile(plural), singulars }));

/** The singulars, folded, that a tidy word may be a broken plural of; mostly none. */
export const singularsOf = (word: string): readonly string[] => {
  if (NO_PLURALS.has(word)) return [];
  // The singulars of `رسائل` end in ة, all but few: كتاب, whose plural is known, is none of `كتائب`.
  return PATTERNS.flatMap(({ plural, pattern, singulars }) => {
    const letters = pattern.exec(word)?.groups;
    if (letters === undefined) return [];
    return singulars
      .map((shape) => foldArabic(shape.replaceAll(/\d/g, (letter) => letters[`c${letter}`] ?? '')))
      .filter((singular) => !plural.includes('ائ') || !KNOWN_PLURALS.has(singular));
  });
};
