/** Moments, spans and sizes as a reader says them. */

export type Speech = 'en' | 'zh';

const locale = (speech: Speech) => (speech === 'zh' ? 'zh-CN' : 'en-GB');

/** "14:32" today, "22 Nov, 14:32" this year, else with the year. */
export function moment(iso: string, speech: Speech, now = new Date()): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  if (at.toDateString() === now.toDateString()) {
    return new Intl.DateTimeFormat(locale(speech), time).format(at);
  }
  const day = { month: 'short', day: 'numeric', ...time } as const;
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(locale(speech), { ...day, ...year }).format(at);
}

const units = {
  en: { ms: ' ms', s: ' s', min: ' min', h: ' h' },
  zh: { ms: ' 毫秒', s: ' 秒', min: ' 分', h: ' 小时' },
};

/** "85 ms", "4.2 s", "3 min 20 s", "2 h 5 min". */
export function span(seconds: number, speech: Speech): string {
  const unit = units[speech];
  if (seconds < 1) return `${Math.max(1, Math.round(seconds * 1000))}${unit.ms}`;
  if (seconds < 10) return `${seconds.toFixed(1)}${unit.s}`;
  const rounded = Math.round(seconds);
  if (rounded < 60) return `${rounded}${unit.s}`;
  const [large, small, of] =
    rounded < 3600
      ? [Math.floor(rounded / 60), rounded % 60, [unit.min, unit.s]]
      : [Math.floor(rounded / 3600), Math.round((rounded % 3600) / 60), [unit.h, unit.min]];
  return small === 0 ? `${large}${of[0]}` : `${large}${of[0]} ${small}${of[1]}`;
}

/** "0.4 MB", "12 kB": in steps of 1000, two digits. */
export function size(bytes: number): string {
  let value = bytes;
  let step = 0;
  const names = ['B', 'kB', 'MB', 'GB', 'TB'];
  while (value >= 999.5 && step + 1 < names.length) {
    value /= 1000;
    step += 1;
  }
  const text = value >= 9.95 || step === 0 ? Math.round(value).toString() : value.toFixed(1);
  return `${text} ${names[step]}`;
}
