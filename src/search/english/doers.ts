/** Verbs whose doer (`-er`, `-or`) a reader means too. Elsewhere the ending says nothing: a corner does not corn. */
const DEEDS = `
advise announce apply attack ban bank bat begin box breed broadcast build buy call campaign catch cheat choose climb coach
collect compete compose consume contract create cycle dance deal defend deliver design develop direct drink drive employ
examine explore export farm fight film fish follow football found govern hack help hunt import inspect investigate invest
job join kill lead lend listen loot make manage manufacture mine murder negotiate observe operate organise own paint perform
play predict present produce program promote prosecute protest provide publish read report rescue research retail ride rob
rule run sail sell sing smoke smuggle speak speed sponsor strike supply support surf survive swim teach think trade train
translate travel treat trek use view visit vote walk watch weld win work worship write
collaborate conduct construct contribute counsel curate defect demonstrate detect donate educate garden hijack infect inject innovate instruct
invade invent jog kidnap lecture legislate liberate loot mediate mourn perpetrate plot poach raid rap sculpt settle skate ski spectate trespass
`;

/** Adjectives that are raised: the higher and the highest are found with the high. */
const RAISED = `
big black bold brave brief bright broad busy calm cheap clean clear clever close cold cool cruel dark dead deadly deep dirty
dry early easy fair fast fat fine firm fresh full funny great green grim happy hard harsh healthy heavy high hot huge hungry
kind large late lengthy lively lonely long loud low lucky mad mighty mild narrow near neat nice noisy old plain pleasant poor
pretty proud quick quiet rare rich rough sad safe sharp short sick simple slim slow small smart smooth soft steady steep
strange strict strong sunny sure sweet tall thick thin tight tiny tough ugly warm wealthy weak wet white wide wild wise young
`;

const words = (list: string): readonly string[] => list.trim().split(/\s+/);

const join = (word: string, ending: string): readonly string[] => {
  if (word.endsWith('e')) return [`${word.slice(0, -1)}${ending}`];
  if (/[^aeiou]y$/.test(word)) return [`${word.slice(0, -1)}i${ending}`];
  // `run`, `big`: the last consonant is doubled; `program` and `travel` are written both ways.
  const isDoubled = /(?:^|[^aeiou])[aeiou][bdgklmnprt]$/.test(word);
  return isDoubled ? [`${word}${ending}`, `${word}${word.at(-1)}${ending}`] : [`${word}${ending}`];
};

/** The deed of a doer and the plain form of a raised adjective, by the word that stands for either. */
export const PLAIN_WORDS: ReadonlyMap<string, string> = new Map([
  ...words(DEEDS).flatMap((word) =>
    [...join(word, 'er'), ...join(word, 'or')].flatMap((doer) => [[doer, word] as const, [`${doer}s`, word] as const]),
  ),
  ...words(RAISED).flatMap((word) =>
    [...join(word, 'er'), ...join(word, 'est')].map((raised) => [raised, word] as const),
  ),
]);
