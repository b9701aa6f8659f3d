import { describe } from 'vitest';
import { contentSourceContract } from '../../contracts/content-source.ts';
import { openWordPressDesk } from '../../support/wordpress-desk.ts';
import { isWithoutSites, realSite } from '../../support/wordpress-site.ts';

describe.skipIf(isWithoutSites)('a real WordPress (needs ../shared) as a source of stories', () => {
  describe('with the plugin', () => {
    contentSourceContract(async () => openWordPressDesk(await realSite('en'), 'contract'));
  });
  describe('as core has it', () => {
    contentSourceContract(async () => openWordPressDesk(await realSite('es'), 'contract'));
  });
});
