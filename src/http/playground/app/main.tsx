import './workers.ts';
import '@graphiql/react/font/fira-code.css';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import 'graphiql/graphiql.css';
import './playground.css';

import { createRoot } from 'react-dom/client';

import { Playground } from './playground.tsx';
import { createTabStorage } from './storage.ts';

const root = document.querySelector('#root');
if (root === null) throw new TypeError('index.html has no #root');
createRoot(root).render(<Playground storage={createTabStorage()} />);
