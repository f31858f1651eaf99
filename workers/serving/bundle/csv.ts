import { badRequest } from './scoring-error.ts';

/**
 * Rows of comma-separated values as RFC 4180 has them: quoted fields may hold commas, line breaks and doubled
 * quotes; lines end with LF or CRLF. Blank lines are skipped, as data frames do.
 */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  let touched = false;
  const endRow = (): void => {
    row.push(field);
    if (touched || row.length > 1) rows.push(row);
    row = [];
    field = '';
    touched = false;
  };
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char !== '"') {
        field += char;
      } else if (text[at + 1] === '"') {
        field += '"';
        at++;
      } else {
        quoted = false;
      }
    } else if (char === '"' && field === '') {
      quoted = true;
      touched = true;
    } else if (char === ',') {
      row.push(field);
      field = '';
    } else if (char === '\n' || (char === '\r' && text[at + 1] === '\n')) {
      if (char === '\r') at++;
      endRow();
    } else {
      field += char;
      touched = true;
    }
  }
  if (quoted) throw badRequest('Invalid input. The CSV body ends inside a quoted field.');
  if (touched || row.length > 0) endRow();
  return rows;
}
