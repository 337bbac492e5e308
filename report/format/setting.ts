import { formatBytes, formatCount, formatMs, formatShare } from '../../engine/model/index.ts';

const shares = /^(jitter|budget|failureShare|availability|precision|share|traceShare)$/;

/** A setting's path in words: `experiment.variants.0.settings.resilience.retries.backoffMs` is `Variant 1, resilience, retries, backoff`. */
export function settingWords(path: string): string {
  const words: string[] = [];
  for (const part of path.split('.')) {
    const last = words.at(-1);
    if (/^(experiment|settings|probes)$/.test(part)) continue;
    if (/^\d+$/.test(part) && last !== undefined) words[words.length - 1] = `${singular(last)} ${Number(part) + 1}`;
    else words.push(plain(part));
  }
  const text = words.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A setting's value with the unit that its name tells, for a person. */
export function formatSetting(path: string, value: number): string {
  const name = path.split('.').at(-1) ?? '';
  if (name.endsWith('Ms')) return formatMs(value);
  if (name.endsWith('Bytes')) return formatBytes(value);
  if (shares.test(name)) return formatShare(value);
  return name.endsWith('PerSecond') ? `${formatCount(value)}\u00a0/s` : formatCount(value);
}

function plain(name: string): string {
  return name
    .replaceAll('-', ' ')
    .replace(/(Ms|Bytes)$/, '')
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function singular(word: string): string {
  return word.replace(/s$/, '');
}
