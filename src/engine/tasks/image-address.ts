import type { ServerAddress } from '#engine/session/open-session.ts';

export interface TaskImage {
  url: string;
  /** `server`: read it by `tasks.image`; `web`: load it directly; `nowhere`: in a storage that pages can't read. */
  from: 'server' | 'web' | 'nowhere';
}

/** Paths of uploads and local files in Label Studio. Images are read from nowhere else on the server. */
const ownFiles = /^\/(?:data|storage-data)\//;

/** Servers refuse longer addresses; only data: URLs may be longer, and these aren’t shown. */
const maxUrlLength = 8000;

/** Where to load a task’s image from. Plain http is refused, because others on the network could see who views what. */
export function imageAt(url: string, server: ServerAddress): TaskImage {
  if (url.length > maxUrlLength) return { url: '', from: 'nowhere' };
  if (pathOnServer(url, server) !== undefined) return { url, from: 'server' };
  return { url, from: URL.canParse(url) && new URL(url).protocol === 'https:' ? 'web' : 'nowhere' };
}

/**
 * The path of a file on the server, relative to its base. Tasks name such files by path, with or without Label Studio’s
 * sub-path, or by full address.
 */
export function pathOnServer(url: string, { base, linkBase }: ServerAddress): string | undefined {
  const isPath = /^\/(?![/\\])/.test(url);
  for (const home of [base, linkBase]) {
    const root = new URL(`${home}/`);
    if (!isPath && !url.startsWith(root.origin)) continue;
    if (!URL.canParse(url, root)) continue;
    // Parsing resolves `..`, so that no path leaves these folders.
    const { origin, username, pathname, search } = new URL(url, root);
    if (origin !== root.origin || username !== '') continue;
    const isBelow = pathname.startsWith(root.pathname);
    const path = isBelow ? pathname.slice(root.pathname.length - 1) : pathname;
    if ((isPath || isBelow) && ownFiles.test(path)) return path + search;
  }
  return undefined;
}

/** Guesses from the address, for tasks whose labelling config is unknown. */
export const looksLikeImage = (url: string) =>
  /^(?:\/|https?:)/.test(url) && /\.(?:png|jpe?g|gif|webp|bmp|avif)(?:$|[?#&])/i.test(url);
