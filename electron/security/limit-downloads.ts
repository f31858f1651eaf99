import type { Session } from 'electron';

/** A chart or table may be saved from memory, where the person chooses; nothing is fetched to be saved. */
export function limitDownloads(session: Session): void {
  session.on('will-download', (event, item) => {
    const url = item.getURL();
    if (!url.startsWith('blob:app://') && !url.startsWith('data:')) event.preventDefault();
  });
}
