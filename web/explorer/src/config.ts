// What the server tells the page about itself.

export interface TabConfig {
  title: string;
  query: string;
  variables: string | null;
}

export interface Config {
  endpoint: string;
  /** Only demo servers give one away. */
  token: string | null;
  tabs: [TabConfig, ...TabConfig[]];
  /** False when the tabs are this page's own because the server offered none. */
  offered: boolean;
}

const DEFAULT_TAB: TabConfig = {
  title: 'Viewer',
  query: `# Who is asking? The project that the access token belongs to, and what
# the token permits. Press Ctrl+Enter (Cmd+Enter on a Mac) to run.
query Viewer {
  viewer {
    project {
      name
    }
    permissions
  }
}
`,
  variables: null,
};

/** Never fails: without an answer the explorer still opens on a useful query. */
export async function loadConfig(): Promise<Config> {
  try {
    const response = await fetch(`${import.meta.env.BASE_URL}config.json`, { cache: 'no-store' });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return readConfig(await response.json());
  } catch (error) {
    console.warn('config.json could not be read, using defaults:', error);
    return readConfig({});
  }
}

/** Takes what fits and leaves the rest: a newer server may send more. */
function readConfig(value: unknown): Config {
  const object = isObject(value) ? value : {};
  const { endpoint, token } = object;
  const [first, ...rest] = Array.isArray(object.tabs) ? object.tabs.flatMap(readTab) : [];
  return {
    endpoint: typeof endpoint === 'string' && endpoint ? endpoint : '/graphql',
    token: typeof token === 'string' && token ? token : null,
    tabs: first ? [first, ...rest] : [DEFAULT_TAB],
    offered: first !== undefined,
  };
}

function readTab(value: unknown): TabConfig[] {
  if (!isObject(value) || typeof value.query !== 'string') return [];
  const title = typeof value.title === 'string' ? value.title.trim() : '';
  const variables = typeof value.variables === 'string' ? value.variables : null;
  return [{ title, query: withTitle(value.query, title), variables }];
}

/**
 * GraphiQL names a tab after its operation and knows no other title, so a title
 * that says more than that goes on top of the query as a comment.
 */
function withTitle(query: string, title: string): string {
  const name = /\b(?:query|mutation|subscription)\s+(\w+)/.exec(query)?.[1];
  if (!title || title === name || query.trimStart().startsWith('#')) return query;
  return `# ${title.replace(/\s+/g, ' ')}\n${query}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
