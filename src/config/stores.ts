import type { EditionCode } from '../content/edition.ts';
import type { StoreSetting } from './store-schema.ts';

/** The store of editions that name none: the gateway's own database. */
export const MAIN_STORE = 'main';

/** What a store holds, and how it is called. */
interface Named {
  /** As in the file; `extensions.store` of its errors. */
  readonly name: string;
}

/** The gateway's own database, which `DATABASE_URL` or `DATA_DIR` chooses. */
export interface MainStore extends Named {
  readonly kind: 'main';
  readonly editions: readonly EditionCode[];
}

type Of<Kind extends StoreSetting['kind']> = Extract<StoreSetting, { readonly kind: Kind }>;

/** Another PostgreSQL that holds our tables. */
export type PostgresStore = Named & Readonly<Of<'postgres'>> & { readonly editions: readonly EditionCode[] };

/** A store that is read by id and indexed. Holds one edition. */
type Indexed<Kind extends 'wordpress' | 'graphql'> = Named &
  Readonly<Omit<Of<Kind>, 'source'>> & {
    readonly editions: readonly [EditionCode];
    /** What article ids are born by. */
    readonly source: string;
  };

export type WordPressStore = Indexed<'wordpress'>;
export type GraphqlStore = Indexed<'graphql'>;
export type IndexedStore = WordPressStore | GraphqlStore;

/** A store of the configuration, with the editions whose content lives there. */
export type Store = MainStore | PostgresStore | IndexedStore;
