import { foldArabic } from './normalise-arabic.ts';

/**
 * Stems of three letters whose feminine is the same word to a reader: adjectives, persons and beasts, numbers; what is counted and
 * one of it; a deed and one of it; and nouns in ة whose plural only drops it. Any other is a word of its own beside its feminine:
 * `ثورة` is no ثور, `عملة` no عمل.
 */
const SHARED = new Set(
  `صعب سهل ضخم فخم حسن جيد طيب سيئ خاص عام هام مهم كاف حاد حار ضار سام تام جاد جاف صلب بحت مرح ضيق لين مشع خشن عذب قلق حرج
  سيد شيخ ملك طفل كلب قطط بطل ابن زوج خصم جار عضو شاب خال عجل نمر دبب نجم خمس سبع تسع عشر بضع
  شجر ورق زهر ثمر ورد تمر بيض صخر سمك بقر نحل خشب حال ليل ضرب ركل قفز نظر فرح رغب سرق خدم هجم لمس غلط قبض صدم لكم
  غرف فرص صور نسخ نخب قيم قطع منح مهن لعب رتب ركب حفر نكت علب كتل دول أسر فرق فكر جمل تهم عقد بقع صيغ سلع مدد حقب شعب
  ملف محل مقر ممر طلب غاز باص سند`
    .split(/\s+/)
    .map(foldArabic),
);

/** Stems of four letters whose feminine is another word; of most it is the same adjective or person. */
const NOUNS = new Set(
  `مكتب جامع طائر خلاف رياض دراس حكوم رئاس قاعد دائر جائز عاصم عاصف محكم مدرس حضار عمار إمار إدار وزار سفار زياد سعاد سلام تذكر
  حماس شريط مجموع محافظ نقاب عقيد كتاب قياد`
    .split(/\s+/)
    .map(foldArabic),
);

/** Those of them whose feminine has the broken plural: `مدارس` are schools. */
const BROKEN = new Set(`قاعد دائر جائز عاصم عاصف محكم مدرس`.split(' ').map(foldArabic));

/** Nouns in ة of three letters more whose nisba is meant as often: `ثوري`, `شرطي`. */
const NISBA = new Set(`ثور شرط بيئ مهن سلط`.split(' ').map(foldArabic));

const isOwn = (written: string, stem: string): boolean =>
  NOUNS.has(stem) || (written.length === 3 && !/[ياى]$/.test(written) && !SHARED.has(stem));

/** What a feminine noun ends in, in a tidy word: alone, in the plural, the dual, and with its owner. */
const ENDING = /^(?<stem>...+?)(?<ending>ة|ات(?:ها|هم|ه|نا|ي|ا)?|ت(?:ان|ين|ها|هم|ه|نا|ي)|ه|ي(?:ة|ه|ون|ين|ات|ا)?)$/;

/**
 * The stems of a tidy word that may be a feminine noun which is not the word without its ending; none: its ending says nothing.
 * A verb ends in ت before a pronoun too, and many type ه for ة: those are two readings.
 */
export const feminineStems = (word: string): readonly string[] => {
  const { stem: written = '', ending = '' } = ENDING.exec(word)?.groups ?? {};
  const stem = foldArabic(written);
  if (ending.startsWith('ي')) return NISBA.has(stem) || (NOUNS.has(stem) && stem !== 'مكتب') ? [`${stem}ه`] : [];
  if (!isOwn(written, stem)) return [];
  return ending === 'ه' || /^ت(?!ان|ين)/.test(ending) ? [`${stem}ه`, stem] : [`${stem}ه`];
};

/** The folded singular that a broken plural is of, with its ة where it is another word without. */
export const brokenSingular = (singular: string): string => (BROKEN.has(singular) ? `${singular}ه` : singular);
