import { urlOf } from '../../content/addresses.ts';
import type { Edition } from '../../content/edition.ts';
import { idOf } from '../../content/ids.ts';
import type { ListingScope } from '../../content/listing.ts';
import { GatewayError } from '../../errors.ts';
import type { Reading } from '../../loaders/reading.ts';
import type { FeedSubject } from './feed-request.ts';

/** Whose stories a feed holds, as the stores know it. */
export interface Subject {
  /** As it is called now: the address that was asked for may be another spelling. */
  readonly subject: FeedSubject;
  readonly scope: ListingScope;
  readonly id: string;
  /** Null: the edition itself. */
  readonly name: string | null;
  readonly description: string | null;
  readonly homeUrl: string;
}

const missing = (what: string, asked: string, { code }: Edition): GatewayError =>
  new GatewayError('NOT_FOUND', `There is no ${what} "${asked}" in the edition ${code.toLowerCase()}`);

/**
 * The edition, section, tag or author that a feed is of.
 *
 * @throws {GatewayError} NOT_FOUND when the edition has none of that name.
 */
export const loadSubject = async (edition: Edition, asked: FeedSubject, { loaders }: Reading): Promise<Subject> => {
  const { code } = edition;
  switch (asked.of) {
    case 'edition':
      return {
        subject: asked,
        scope: { of: 'edition' },
        id: idOf.edition(code),
        name: null,
        description: edition.tagline,
        homeUrl: edition.url,
      };
    case 'section': {
      const section = (await loaders.sectionTree.load(code)).byPath(asked.path);
      if (section === null) throw missing('section', asked.path, edition);
      const { id, path, name, description } = section;
      const homeUrl = urlOf.section(edition, section);
      return { subject: { of: 'section', path }, scope: { of: 'section', id }, id, name, description, homeUrl };
    }
    case 'tag': {
      const tag = await loaders.tags.bySlug.load({ edition: code, slug: asked.slug });
      if (tag === null) throw missing('tag', asked.slug, edition);
      const { id, slug, name } = tag;
      const homeUrl = urlOf.tag(edition, tag);
      return { subject: { of: 'tag', slug }, scope: { of: 'tag', id }, id, name, description: null, homeUrl };
    }
    case 'author': {
      const author = await loaders.authors.bySlug.load({ edition: code, slug: asked.slug });
      if (author === null) throw missing('author', asked.slug, edition);
      const { id, slug, name, bio } = author;
      const homeUrl = urlOf.author(edition, author);
      return { subject: { of: 'author', slug }, scope: { of: 'author', id }, id, name, description: bio, homeUrl };
    }
  }
};
