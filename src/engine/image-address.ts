import type { ServerAddress, TaskImage } from './engine.ts';

/** Where Label Studio keeps what was uploaded, and the files of its own disk. Nothing else of it is read as an image. */
const ownFiles = /^\/(?:data|storage-data)\//;

/**
 * An image as its address in a task's data says. Only what the server itself holds is asked for with the token, and
 * only what comes over https is shown from elsewhere: over plain http anybody on the way could see who looks at what.
 */
export function imageAt(url: string, server: ServerAddress): TaskImage {
  if (pathOnServer(url, server) !== undefined) return { url, from: 'server' };
  return { url, from: URL.canParse(url) && new URL(url).protocol === 'https:' ? 'web' : 'nowhere' };
}

/**
 * The path, below the server's base, of a file that the server itself holds. A task may name it by the path alone, with
 * or without the sub-path where Label Studio lives, or by the whole address at which people open Label Studio.
 */
export function pathOnServer(url: string, { base, linkBase }: ServerAddress): string | undefined {
  const isPath = /^\/(?![/\\])/.test(url);
  for (const home of [base, linkBase]) {
    const root = new URL(`${home}/`);
    if (!isPath && !url.startsWith(root.origin)) continue;
    if (!URL.canParse(url, root)) continue;
    // Parsed, so that no `..` leads out of the folders of files.
    const { origin, username, pathname, search } = new URL(url, root);
    if (origin !== root.origin || username !== '') continue;
    const isBelow = pathname.startsWith(root.pathname);
    const path = isBelow ? pathname.slice(root.pathname.length - 1) : pathname;
    if ((isPath || isBelow) && ownFiles.test(path)) return path + search;
  }
  return undefined;
}

/** By the looks of an address, where no labelling config says what it is. */
export const looksLikeImage = (url: string) =>
  /^(?:\/|https?:)/.test(url) && /\.(?:png|jpe?g|gif|webp|bmp|avif)(?:$|[?#&])/i.test(url);
