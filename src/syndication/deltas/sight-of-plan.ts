import type { EditionCode } from '../../content/edition.ts';
import { coversEdition, rightUnder, type Plan } from '../../content/plan.ts';
import { visibilityOf } from '../../content/visibility.ts';
import type { LoaderSetting } from '../../loaders/batch-loader.ts';
import { createRecorder } from '../../loaders/recorder.ts';
import { createSight } from '../../loaders/sight.ts';
import { createTaxonomyLoaders } from '../../loaders/taxonomy-loaders.ts';
import type { Sight } from './facets.ts';

/** What the holders of `plan` see, with the sections it names as they are now; null: what everybody sees. */
export const sightOfPlan = async (
  plan: Plan | null,
  setting: LoaderSetting,
  editions: readonly EditionCode[],
): Promise<Sight> => {
  const recorder = createRecorder();
  const { sectionTree } = createTaxonomyLoaders(setting, recorder);
  const eyes = createSight(setting, recorder, { view: { now: 0, plan }, sectionTree });
  const view = await eyes.from(editions.filter((edition) => coversEdition({ plan }, edition)));
  return {
    covers: (edition) => coversEdition(view, edition),
    rightOf: (article, now) =>
      visibilityOf(article, { ...view, now }) === 'visible' ? rightUnder(plan, article.rights.syndication) : null,
  };
};
