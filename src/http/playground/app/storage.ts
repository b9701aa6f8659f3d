import type { Storage as PlaygroundStorage } from '@graphiql/toolkit';

import { tabTitle } from '../tab-title.ts';
import { createExampleTabs, type StoredTab } from './example-tabs.ts';

/** Where GraphiQL's own keys go, so that another GraphiQL once run on this origin cannot hide our examples. */
const PREFIX = 'masthead-playground:';
const TABS_KEY = 'graphiql:tabState';

interface StoredTabs {
  tabs: StoredTab[];
  activeTabIndex: number;
}

/** The visitor's tabs between visits; the examples for whoever comes first, or has cleared the rest. */
export interface TabStorage extends PlaygroundStorage {
  /** The tab to open with. */
  activeTab(): StoredTab;
  /** Forgets everything kept, and keeps nothing more: what follows is a reload. */
  reset(): void;
}

/** Gives a storage over the browser's, or over memory where the browser allows none. */
export const createTabStorage = (): TabStorage => {
  const memory = new Map<string, string>();
  const kept = browserStorage();
  let isReset = false;

  const read = (key: string): string | null => memory.get(key) ?? kept?.getItem(PREFIX + key) ?? null;
  const readTabs = (): StoredTabs => parseTabs(read(TABS_KEY)) ?? { tabs: createExampleTabs(), activeTabIndex: 0 };
  const clear = (): void => {
    memory.clear();
    for (const key of Object.keys(kept ?? {})) if (key.startsWith(PREFIX)) kept?.removeItem(key);
  };

  return {
    get length() {
      return memory.size + Object.keys(kept ?? {}).filter((key) => key.startsWith(PREFIX)).length;
    },
    getItem: (key) => (key === TABS_KEY ? JSON.stringify(readTabs()) : read(key)),
    setItem: (key, value) => {
      if (isReset) return;
      if (kept === null) memory.set(key, value);
      else kept.setItem(PREFIX + key, value);
    },
    removeItem: (key) => {
      memory.delete(key);
      kept?.removeItem(PREFIX + key);
    },
    clear,
    activeTab: () => {
      const { tabs, activeTabIndex } = readTabs();
      const tab = tabs[activeTabIndex] ?? tabs[0];
      if (tab === undefined) throw new TypeError('There is always a tab: parseTabs refuses an empty list');
      return tab;
    },
    reset: () => {
      clear();
      isReset = true;
    },
  };
};

const parseTabs = (text: string | null): StoredTabs | null => {
  try {
    const stored = JSON.parse(text ?? 'null') as StoredTabs | null;
    if (stored === null || stored.tabs.length === 0) return null;
    // GraphiQL stores a tab before we have named it.
    return { ...stored, tabs: stored.tabs.map((tab) => ({ ...tab, title: tabTitle(tab) })) };
  } catch {
    return null;
  }
};

const browserStorage = (): Storage | null => {
  try {
    return globalThis.localStorage;
  } catch {
    // A browser told to keep nothing throws on the very read.
    return null;
  }
};
