import { extname, join, normalize, sep } from 'node:path';

export const appScheme = 'app';
export const appHost = 'medspan';
export const appOrigin = `${appScheme}://${appHost}`;

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.json': 'application/json',
};

/** True for addresses of our own pages. Parsed, never compared by prefix: `app://medspan.evil` is not ours. */
export function isAppUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === `${appScheme}:` && url.host === appHost;
}

/** The file below `root` that a request path names, or null when it leads outside or has an unknown ending. */
export function resolveAppPath(root: string, pathname: string): { file: string; mediaType: string } | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (decoded.includes('\0')) return null;
  const file = normalize(join(root, decoded));
  const mediaType = mediaTypes[extname(file)];
  return file.startsWith(root + sep) && mediaType !== undefined ? { file, mediaType } : null;
}
