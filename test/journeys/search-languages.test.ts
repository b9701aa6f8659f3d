import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../support/test-database.ts';
import { minutesAgo, openDesk, story, type Desk } from './desk.ts';

const SEARCH = `query ($edition: EditionCode!, $query: String!) {
  edition(code: $edition) { search(query: $query) { edges { snippetHtml node { slug } } } }
}`;

type Edition = 'AR' | 'ES' | 'EN';

/** Stories of which each word that is typed below finds one; what they are called says where. */
const STORIES: readonly (readonly [Edition, string, string, string])[] = [
  ['AR', 'schools', 'إعادة فتح المدارس', 'عاد الأطفال إلى المدرسة في ٣٠ قرية بعد الزلزال.'],
  ['AR', 'council', 'مجلس الوزراء يُقرّ الموازنة', 'وقال رئيسُ الحكومة إنّ المسؤولين سيجتمعون غداً في المُستشفى.'],
  ['AR', 'ships', 'سفن القمح', 'غادرت السفينة الميناء وبالقمح حمولتها ١٬٥٠٠ طن إلى القاهرة.'],
  ['ES', 'ninos', 'Los niños vuelven a clase', 'La canción del último año sonó en España.'],
  ['ES', 'minister', '¿Dimitirá la ministra?', 'El acuerdo se pierde: los jueces dijeron que costó 1.500 euros.'],
  ['EN', 'harbour', 'Harbour re-opens', 'Countries organised the men’s elections; U.S. voters paid 1,500 dollars.'],
];

const TYPED: readonly (readonly [Edition, string, string])[] = [
  // Seats of hamza, ta marbuta, alef maqsura, vowels, tatweel.
  ['AR', 'اعادة', 'schools'],
  ['AR', 'إعاده', 'schools'],
  ['AR', 'مدرسه', 'schools'],
  ['AR', 'المسئولين', 'council'],
  ['AR', 'مستشفي', 'council'],
  ['AR', 'رئــيس', 'council'],
  ['AR', 'الْحُكُومَةُ', 'council'],
  // Prefixes, plurals, digits, Persian letters and forms for display.
  ['AR', 'والمدارس', 'schools'],
  ['AR', 'للأطفال', 'schools'],
  ['AR', 'طفل', 'schools'],
  ['AR', 'قرى', 'schools'],
  ['AR', 'وزير', 'council'],
  ['AR', 'قمح', 'ships'],
  ['AR', 'مينائها', 'ships'],
  ['AR', '1500', 'ships'],
  ['AR', '۱۵۰۰', 'ships'],
  ['AR', '30', 'schools'],
  ['AR', 'القاهره', 'ships'],
  ['AR', 'قریه', 'schools'],
  ['AR', 'ﺳﻔﻦ', 'ships'],
  ['AR', '"مجلس الوزراء"', 'council'],
  ['ES', 'cancion', 'ninos'],
  ['ES', 'CANCIONES', 'ninos'],
  ['ES', 'niño', 'ninos'],
  ['ES', 'nino', 'ninos'],
  ['ES', 'ano', 'ninos'],
  ['ES', 'an\u0303o', 'ninos'],
  ['ES', 'españoles', 'ninos'],
  ['ES', '¿ministro?', 'minister'],
  ['ES', 'perder', 'minister'],
  ['ES', 'decir', 'minister'],
  ['ES', 'juez', 'minister'],
  ['ES', '1500', 'minister'],
  ['EN', 'harbor', 'harbour'],
  ['EN', 'reopened', 'harbour'],
  ['EN', 'country', 'harbour'],
  ['EN', 'organize', 'harbour'],
  ['EN', 'man', 'harbour'],
  ['EN', 'US voter', 'harbour'],
  ['EN', '1500', 'harbour'],
];

describe.each(databaseKinds)('search as readers type, on %s', (kind) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ kind });
    await desk.write(
      ...STORIES.map(([edition, key, headline, text]) =>
        story(key, {
          edition: edition.toLowerCase(),
          headline,
          html: `<p>${text}</p>`,
          publishedAt: minutesAgo(5),
        }),
      ),
    );
  });
  afterAll(() => desk.close());

  interface Edge {
    readonly snippetHtml: string;
    readonly node: { readonly slug: string };
  }
  const search = async (edition: Edition, query: string): Promise<readonly Edge[]> =>
    (await desk.read(SEARCH, { edition, query })).edition.search.edges;
  const find = async (edition: Edition, query: string) => (await search(edition, query)).map(({ node }) => node.slug);

  it.each(TYPED)('%s: %s finds the story of the %s, and no other', async (edition, query, key) => {
    expect(await find(edition, query)).toEqual([key]);
  });

  it.each([
    ['AR', 'مدرس غائب'],
    ['AR', '"الوزراء مجلس"'],
    ['AR', 'وزير -موازنة'],
    ['ES', 'clase -niños'],
    ['EN', 'mental'],
    ['EN', '"opens harbour"'],
  ] as const)('%s: %s finds none', async (edition, query) => {
    expect(await find(edition, query)).toEqual([]);
  });

  it('marks the word of the text, as it is written there', async () => {
    const [edge] = await search('AR', 'رئيس الحكومه');
    expect(edge?.snippetHtml).toContain('<mark>رئيسُ</mark> <mark>الحكومة</mark>');
    const [spanish] = await search('ES', 'cancion');
    expect(spanish?.snippetHtml).toContain('<mark>canción</mark>');
  });

  it('finds what stands in one edition in no other', async () => {
    expect(await find('EN', 'المدارس')).toEqual([]);
    expect(await find('AR', 'harbour')).toEqual([]);
  });
});
