import type { Clock, Instant } from '../../src/clock.ts';
import { StoreError } from '../../src/errors.ts';
import type {
  ContentSource,
  Sighting,
  Sightings,
  SourceAuthor,
  SourceSection,
  SourceStory,
  SourceTag,
  SourceTaxonomy,
} from '../../src/stores/content-source.ts';

/** A desk's publishing system, in memory. */
export interface Desk {
  readonly source: ContentSource;
  /** Saves a story, new or not: what `fields` leave out stays, and what it is filed under is made. */
  put(sourceId: string, fields?: Partial<SourceStory>): SourceStory;
  /** Deletes or trashes it. */
  remove(sourceId: string): void;
  putSection(section: Partial<SourceSection> & { readonly path: string }): void;
  putTag(tag: Partial<SourceTag> & { readonly slug: string }): void;
  putAuthor(author: Partial<SourceAuthor> & { readonly slug: string }): void;
  removeTerm(of: 'sections' | 'tags' | 'authors', name: string): void;
  setLive(live: SourceTaxonomy['live']): void;
  /** From now on it answers as it stands now, whatever is saved, as a replica that is behind does. */
  freeze(): void;
  thaw(): void;
  /** Every call fails from now on; undefined: none does. */
  fail(code: 'STORE_FAILED' | 'STORE_TIMEOUT' | undefined): void;
  /** Called within every read of stories, after they were read. */
  onStories(pass: ((sourceIds: readonly string[]) => Promise<void>) | undefined): void;
  clear(): void;
  /** By method, so far. */
  readonly calls: Record<'stories' | 'taxonomy' | 'savedSince' | 'inventory', number>;
}

interface State {
  readonly stories: Map<string, SourceStory>;
  readonly sections: Map<string, SourceSection>;
  readonly tags: Map<string, SourceTag>;
  readonly authors: Map<string, SourceAuthor>;
  live: SourceTaxonomy['live'];
}

const emptyState = (): State => ({
  stories: new Map(),
  sections: new Map(),
  tags: new Map(),
  authors: new Map(),
  live: null,
});

const copyOf = (state: State): State => ({
  stories: new Map(state.stories),
  sections: new Map(state.sections),
  tags: new Map(state.tags),
  authors: new Map(state.authors),
  live: state.live,
});

const newStory = (sourceId: string, now: Instant): SourceStory => ({
  sourceId,
  kind: 'NEWS',
  slug: `story-${sourceId}`,
  language: null,
  kicker: null,
  headline: `Story ${sourceId}`,
  standfirst: null,
  byline: null,
  publishedAt: now,
  modifiedAt: now,
  sectionPaths: ['news'],
  authorSlugs: [],
  tagSlugs: [],
  sources: [],
  lead: null,
  media: [],
  html: `<p>Words of ${sourceId}.</p>`,
  corrections: [],
  rights: { syndication: 'FULL', holder: null, usageTerms: null, embargoedUntil: null, expiresAt: null },
  breaking: false,
  breakingUntil: null,
  formerAddresses: [],
  seo: null,
  translationGroup: null,
});

export interface DeskOptions {
  readonly clock: Clock;
  readonly name?: string;
  /** Sightings on a page. Default: 100. */
  readonly pageSize?: number;
}

/** An empty desk. Its saves are dated by `clock`. */
export const createDesk = ({ clock, name = 'desk', pageSize = 100 }: DeskOptions): Desk => {
  let state = emptyState();
  let shown: State | undefined;
  let failure: 'STORE_FAILED' | 'STORE_TIMEOUT' | undefined;
  let pass: ((sourceIds: readonly string[]) => Promise<void>) | undefined;
  const calls = { stories: 0, taxonomy: 0, savedSince: 0, inventory: 0 };

  const answer = (): State => {
    if (failure !== undefined) throw new StoreError(name, failure);
    return shown ?? state;
  };
  const pageOf = (all: readonly Sighting[], next: string | null): Sightings => {
    const from = Number(next ?? 0);
    const page = all.slice(from, from + pageSize);
    return { sightings: page, next: from + pageSize < all.length ? String(from + pageSize) : null };
  };
  const sightingsOf = ({ stories }: State) =>
    [...stories.values()].map(({ sourceId, modifiedAt }) => ({ sourceId, modifiedAt }));

  const putSection: Desk['putSection'] = (section) => {
    const parent = section.path.split('/').slice(0, -1).join('/');
    if (parent !== '' && !state.sections.has(parent)) putSection({ path: parent });
    const plain = {
      kind: 'TOPIC' as const,
      name: section.path,
      description: null,
      position: 0,
      translationGroup: null,
    };
    state.sections.set(section.path, { ...plain, ...state.sections.get(section.path), ...section });
  };
  const putTag: Desk['putTag'] = (tag) => {
    const plain = { name: tag.slug, translationGroup: null };
    state.tags.set(tag.slug, { ...plain, ...state.tags.get(tag.slug), ...tag });
  };
  const putAuthor: Desk['putAuthor'] = (author) => {
    const plain = { kind: 'PERSON' as const, role: null, bio: null, avatar: null, translationGroup: null };
    const before = state.authors.get(author.slug);
    state.authors.set(author.slug, { ...plain, name: author.slug, ...before, ...author });
  };

  return {
    calls,
    source: {
      name,
      async stories(sourceIds, { withHtml }) {
        calls.stories += 1;
        const { stories } = answer();
        const found = [...new Set(sourceIds)].flatMap((sourceId) => stories.get(sourceId) ?? []);
        await pass?.(sourceIds);
        return found.map((story) => (withHtml ? story : { ...story, html: null }));
      },
      async taxonomy() {
        calls.taxonomy += 1;
        const { sections, tags, authors, live } = answer();
        const byDepth = [...sections.values()].toSorted((a, b) => a.path.split('/').length - b.path.split('/').length);
        return { sections: byDepth, tags: [...tags.values()], authors: [...authors.values()], live };
      },
      async savedSince(since, next) {
        calls.savedSince += 1;
        const saved = sightingsOf(answer()).filter(({ modifiedAt }) => modifiedAt >= since);
        return pageOf(
          saved.toSorted((a, b) => a.modifiedAt - b.modifiedAt),
          next,
        );
      },
      async inventory(next) {
        calls.inventory += 1;
        return pageOf(sightingsOf(answer()), next);
      },
      probe: async () => ({ isWorking: failure === undefined, detail: failure ?? 'a desk in memory' }),
    },
    put(sourceId, fields = {}) {
      const before = state.stories.get(sourceId) ?? newStory(sourceId, clock.now());
      const story = { ...before, modifiedAt: clock.now(), ...fields };
      for (const path of story.sectionPaths) if (!state.sections.has(path)) putSection({ path });
      for (const slug of story.tagSlugs) if (!state.tags.has(slug)) putTag({ slug });
      for (const slug of story.authorSlugs) if (!state.authors.has(slug)) putAuthor({ slug });
      state.stories.set(sourceId, story);
      return story;
    },
    remove: (sourceId) => void state.stories.delete(sourceId),
    putSection,
    putTag,
    putAuthor,
    removeTerm: (of, named) => void state[of].delete(named),
    setLive: (live) => void (state.live = live),
    freeze: () => void (shown = copyOf(state)),
    thaw: () => void (shown = undefined),
    fail: (code) => void (failure = code),
    onStories: (next) => void (pass = next),
    clear: () => void (state = emptyState()),
  };
};
