import type { TabsState } from '@graphiql/react';
import { GraphiQL } from 'graphiql';
import type { FC } from 'react';

import { tabTitle } from '../tab-title.ts';
import { EditorSettings } from './editor-settings.tsx';
import { fetchGraphQL } from './fetch-graphql.ts';
import icon from './icon.svg';
import type { TabStorage } from './storage.ts';

/** What the playground needs from outside. */
export interface PlaygroundProps {
  readonly storage: TabStorage;
}

/** The whole page: our name, GraphiQL with our examples, and nothing kept that could be a credential. */
export const Playground: FC<PlaygroundProps> = ({ storage }) => {
  const { query, variables } = storage.activeTab();
  return (
    <>
      <header className="masthead">
        <img src={icon} alt="" width="24" height="24" />
        <h1>
          Masthead <span>playground</span>
        </h1>
        <code>POST {globalThis.location.origin}/graphql</code>
        <button type="button" onClick={() => startAgain(storage)}>
          Restore the examples
        </button>
      </header>
      <main>
        <GraphiQL
          fetcher={fetchGraphQL}
          storage={storage}
          // GraphiQL takes only the query of the first tab from storage; told both, it finds the tab they belong to.
          initialQuery={query ?? ''}
          initialVariables={variables ?? ''}
          defaultEditorToolsVisibility="variables"
          onTabChange={nameTabs}
          // The history plugin keeps request headers in storage, and with them somebody's key.
          plugins={[]}
          shouldPersistHeaders={false}
          showPersistHeadersSettings={false}
        >
          <GraphiQL.Logo>
            <EditorSettings />
          </GraphiQL.Logo>
        </GraphiQL>
      </main>
    </>
  );
};

/** Called by GraphiQL with the state it is about to show, which is the one place where a title can be given. */
const nameTabs = ({ tabs }: TabsState): void => {
  for (const tab of tabs) tab.title = tabTitle(tab);
};

const startAgain = (storage: TabStorage): void => {
  storage.reset();
  globalThis.location.reload();
};
