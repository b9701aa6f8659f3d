import { isDeepStrictEqual } from 'node:util';
import type { EditionCode } from '../../content/edition.ts';
import type { Author, LiveStream, Section, Tag } from '../../content/entities.ts';
import { idOf } from '../../content/ids.ts';
import { coversOf } from '../../content/list-keys.ts';
import { tagOf, type CacheTag } from '../../content/tags.ts';
import type { AuthorDocument, LiveDocument, SectionDocument, TagDocument } from '../document.ts';
import { LineError } from '../line-error.ts';
import { mapImage } from '../map-media.ts';
import type { TaxonomyDocument } from '../prepare-document.ts';
import { addressPlace, entryPlace, findEntry, type BatchState } from './batch-state.ts';
import type { BatchWrites } from './batch-writes.ts';

/** What became of a document. */
export type Outcome = 'imported' | 'updated' | 'unchanged';

type Grouped = Pick<Tag, 'edition' | 'translationGroup'>;

/** Whoever asked who tells a group's story here, when somebody joins or leaves it. */
const groupTags = (before: Grouped | undefined, after: Grouped): readonly CacheTag[] =>
  before?.translationGroup === after.translationGroup
    ? []
    : [before, after].flatMap((one) => (one?.translationGroup ? [tagOf.group(one.edition, one.translationGroup)] : []));

const announce = (writes: BatchWrites, edition: EditionCode, tags: readonly CacheTag[]): void => {
  writes.outbox.push({ kind: 'TAXONOMY', articleId: null, edition, tags: [...new Set(tags)], version: null });
};

const applySection = (document: SectionDocument, state: BatchState, writes: BatchWrites): Outcome => {
  const { edition, name, kind, position, description = null, translationGroup = null } = document;
  const steps = document.path.split('/');
  const lastStep = steps.pop() ?? '';
  const parent = steps.length === 0 ? null : findEntry(state.sections, edition, steps.join('/'));
  if (parent === undefined)
    throw new LineError(`path: its parent section "${steps.join('/')}" does not exist; parents come first`);
  const key = entryPlace(state.sections, edition, document.path);
  const before = state.sections.get(key);
  // As it was spelled first, and so was the section above it: articles and sections under it stand at that path.
  const path = before?.path ?? (parent === null ? lastStep : `${parent.path}/${lastStep}`);
  const slug = before?.slug ?? lastStep;
  const address = addressPlace(state.addresses, { edition, form: 'path', value: path });
  const standing = state.addresses.get(address);
  if (standing?.isCurrent) throw new LineError(`path: "${path}" belongs to article "${standing.sourceId}"`);
  const id = before?.id ?? idOf.section(edition, path);
  const parentId = parent?.id ?? null;
  const after: Section = { id, edition, kind, slug, path, name, description, parentId, position, translationGroup };
  if (isDeepStrictEqual(before, after) && standing === undefined) return 'unchanged';
  if (standing !== undefined) {
    // An article has left this address: it gives way, as it would to another article.
    state.addresses.delete(address);
    writes.addresses.delete(address);
    writes.givenUp.set(address, standing);
  }
  state.sections.set(key, after);
  writes.sections.set(key, after);
  // Whoever shows it has its tag; those who asked for the tree end when it stands elsewhere in it.
  const isPlaced = before !== undefined && before.position === position && before.translationGroup === translationGroup;
  announce(writes, edition, [
    tagOf.section(id),
    ...(isPlaced ? [] : [tagOf.edition(edition)]),
    ...(standing === undefined ? [] : [tagOf.article(standing.articleId), tagOf.url(edition, path)]),
  ]);
  return before === undefined ? 'imported' : 'updated';
};

const applyTag = (document: TagDocument, state: BatchState, writes: BatchWrites): Outcome => {
  const { edition, slug, name, translationGroup = null } = document;
  const key = entryPlace(state.tags, edition, slug);
  const before = state.tags.get(key);
  const after: Tag = { id: before?.id ?? idOf.tag(edition, slug), edition, slug, name, translationGroup };
  if (isDeepStrictEqual(before, after)) return 'unchanged';
  state.tags.set(key, after);
  writes.tags.set(key, after);
  const isRenamed = before !== undefined && before.name !== name;
  if (isRenamed) writes.renamedTags.add(after.id);
  announce(writes, edition, [
    tagOf.tag(after.id),
    ...(before === undefined ? [tagOf.slug(edition, 'tag', slug)] : []),
    ...(before?.name === name ? [] : [tagOf.list.tags(edition)]),
    // Whoever has it may stand in any section: narrower searches too.
    ...(isRenamed ? [tagOf.search(edition), ...coversOf(tagOf.search(edition))] : []),
    ...groupTags(before, after),
  ]);
  return before === undefined ? 'imported' : 'updated';
};

const applyAuthor = (document: AuthorDocument, state: BatchState, writes: BatchWrites): Outcome => {
  const { edition, slug, name, kind, role = null, bio = null, translationGroup = null } = document;
  const avatar = document.avatar === undefined ? null : mapImage(document.avatar);
  const key = entryPlace(state.authors, edition, slug);
  const before = state.authors.get(key);
  const id = before?.id ?? idOf.author(edition, slug);
  const after: Author = { id, edition, kind, slug, name, role, bio, avatar, translationGroup };
  if (isDeepStrictEqual(before, after)) return 'unchanged';
  state.authors.set(key, after);
  writes.authors.set(key, after);
  announce(writes, edition, [
    tagOf.author(id),
    ...(before === undefined ? [tagOf.slug(edition, 'author', slug)] : []),
    ...(before?.name === name ? [] : [tagOf.list.authors(edition)]),
    ...groupTags(before, after),
  ]);
  return before === undefined ? 'imported' : 'updated';
};

const applyLive = (document: LiveDocument, state: BatchState, writes: BatchWrites): Outcome => {
  const { edition, title, url, startedAt = null, endedAt = null } = document;
  const before = state.liveStreams.get(edition);
  const after: LiveStream = { edition, title, url, startedAt, endedAt };
  if (isDeepStrictEqual(before, after)) return 'unchanged';
  state.liveStreams.set(edition, after);
  writes.liveStreams.set(edition, after);
  announce(writes, edition, [tagOf.live(edition)]);
  return before === undefined ? 'imported' : 'updated';
};

/**
 * Applies a section, tag, author or live stream to `state` and notes what is to be written.
 *
 * @throws {LineError} before anything is changed, when it cannot be taken.
 */
export const applyTaxonomy = (document: TaxonomyDocument, state: BatchState, writes: BatchWrites): Outcome => {
  switch (document.type) {
    case 'section':
      return applySection(document, state, writes);
    case 'tag':
      return applyTag(document, state, writes);
    case 'author':
      return applyAuthor(document, state, writes);
    case 'live':
      return applyLive(document, state, writes);
  }
};
