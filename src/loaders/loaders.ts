import type { Viewpoint } from '../content/listing.ts';
import { createArticleLoaders, type ArticleLoaders } from './article-loaders.ts';
import type { LoaderSetting } from './batch-loader.ts';
import { createEngagementLoaders, type EngagementLoaders } from './engagement-loaders.ts';
import type { Recorder } from './recorder.ts';
import { createSight } from './sight.ts';
import { createTaxonomyLoaders, type TaxonomyLoaders } from './taxonomy-loaders.ts';

/** Every read a resolver can make, batched; they alone call stores during a query. */
export interface Loaders extends TaxonomyLoaders {
  readonly articles: ArticleLoaders;
  readonly engagement: EngagementLoaders;
}

/** One set per fill, as of one instant and for one caller's eyes. */
export const createLoaders = (setting: LoaderSetting, recorder: Recorder, view: Viewpoint): Loaders => {
  const taxonomy = createTaxonomyLoaders(setting, recorder);
  const sight = createSight(setting, recorder, { view, sectionTree: taxonomy.sectionTree });
  return {
    ...taxonomy,
    articles: createArticleLoaders(setting, recorder, sight),
    engagement: createEngagementLoaders(setting, view),
  };
};
