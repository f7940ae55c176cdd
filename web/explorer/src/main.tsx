// Must come first: it tells Monaco where its workers are before Monaco asks.
import 'graphiql/setup-workers/vite';

import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { loadConfig } from './config.ts';
import { openHandedOver, takeHandedOver } from './handed-over.ts';
import { createStorage, openTabs } from './storage.ts';

// Taken piece by piece: GraphiQL's all-in-one style sheet embeds 400 kB of
// fonts, where the system's own fonts do.
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './style.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element "root"');

const handedOver = takeHandedOver();
const offered = await loadConfig();
const config = handedOver ? await openHandedOver(offered, handedOver) : offered;
// What a page hands over may name people: this visit keeps nothing.
const storage = createStorage(handedOver === null);
openTabs(storage, config);
createRoot(root).render(<App config={config} storage={storage} />);
