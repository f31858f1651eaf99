/** Numbers, times and sizes as every screen writes them. Thousands are set off by a thin space. */

const thinSpace = '\u2009';

export function formatNumber(value: number, digits?: number): string {
  if (!Number.isFinite(value)) return '–';
  const decimals = digits ?? (Number.isInteger(value) ? 0 : Math.abs(value) >= 100 ? 0 : 2);
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thinSpace);
  const sign = value < 0 && Number(value.toFixed(decimals)) !== 0 ? '\u2212' : '';
  return sign + (fraction === undefined ? grouped : `${grouped}.${fraction}`);
}

/** A share between 0 and 1 as per cent. */
export function formatPercent(share: number, digits = 1): string {
  return `${formatNumber(share * 100, digits)}\u2009%`;
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${formatNumber(value, unit === 0 || value >= 100 ? 0 : 1)}\u2009${byteUnits[unit] ?? ''}`;
}

/** Seconds in the two units that matter: `2.4 s`, `3 min 05 s`, `1 h 20 min`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '–';
  if (seconds < 1) return `${formatNumber(seconds * 1000, 0)}\u2009ms`;
  if (seconds < 60) return `${formatNumber(seconds, seconds < 10 ? 1 : 0)}\u2009s`;
  const whole = Math.round(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)}\u2009min ${two(whole % 60)}\u2009s`;
  return `${formatNumber(Math.floor(whole / 3600), 0)}\u2009h ${two(Math.floor((whole % 3600) / 60))}\u2009min`;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Local time of day: `14:02:11`. */
export function formatTime(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** Local date: `2026-11-23`. */
export function formatDate(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Whether a moment lies in the day that it is now, here. */
export function isToday(at: number): boolean {
  return formatDate(at) === formatDate(Date.now());
}

/** Local date and minute: `2026-11-23 14:02`. */
export function formatDateTime(at: number): string {
  return `${formatDate(at)} ${formatTime(at).slice(0, 5)}`;
}

/** The same moment in UTC, for the tooltip. */
export function formatUtc(at: number): string {
  return new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}

/** `1 note`, `12 notes`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count, 0)} ${count === 1 ? one : many}`;
}

/** A figure's value with its unit, as short as it can be read. */
export function formatFigure(value: number, unit: string): string {
  if (unit === 's') return formatDuration(value);
  if (unit === 'bytes' || unit === 'B') return formatBytes(value);
  if (unit === '%') return `${formatNumber(value, 1)}\u2009%`;
  const shown = formatNumber(value, Number.isInteger(value) ? 0 : Math.abs(value) < 10 ? 3 : 0);
  return unit === '' || unit === 'F1' ? shown : `${shown}\u2009${unit}`;
}
