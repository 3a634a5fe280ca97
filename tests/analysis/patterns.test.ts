import { describe, expect, it } from 'vitest';
import { isAnchored, matchesEverything } from '../../src/analysis/patterns.ts';

describe('patterns that match whole texts only', () => {
  const anchored: readonly RegExp[] = [
    /^orders$/, /^orders$|^stock$/, /^(?:orders|stock)$/, /(^orders$)/, /(?:^orders$|^stock$)/, /(?<service>^orders$)/, /(^orders$)|(^stock$)/, /((^orders$))/,
    /^a\\$/, /^[$]orders$/, /^a[|]b$/, /^a\|b$/, /^a[\]|]b$/, /(^[(]orders$)/, /(^[)]orders$)/, /(^\)orders$)/, /^[^]$/, /^a(?:b|c)(?:d|e)$/,
  ];
  it.each(anchored)('%s', (pattern) => {
    expect(isAnchored(pattern.source)).toBe(true);
    expect(pattern.test('x'), 'the pattern needs more than any character').toBe(pattern.source === '^[^]$');
  });

  const loose: readonly (readonly [RegExp, string])[] = [
    [/orders/, 'my-orders-2'], [/^orders/, 'orders-2'], [/orders$/, 'my-orders'], [/^orders\$/, 'orders$-2'], [/^orders|stock$/, 'orders-2'], [/^(?:orders|stock$)/, 'orders-2'], [/(?:^orders|stock)$/, 'my-stock'],
    [/^orders$|stock/, 'my-stock'], [/stock|^orders$/, 'my-stock'], [/(^orders$|stock)/, 'my-stock'], [/(^orders$)|(stock)/, 'my-stock'], [/(^orders)|(stock$)/, 'orders-2'], [/(^a[)|]b$|stock)/, 'my-stock'], [/(^a\)$|stock)/, 'my-stock'],
  ];
  it.each(loose)('not %s, which matches %s', (pattern, text) => {
    expect(isAnchored(pattern.source)).toBe(false);
    expect(pattern.test(text)).toBe(true);
  });
});

describe('patterns that match everything', () => {
  it.each([/.*/, /^.*$/, /.+/, /^.+$/, /(.*)/, /(?:.*)/, /orders|.*/, /^orders$|.*/, /[\s\S]*/, /[^]+/, /\S+/, /[\w\W]*/, /^/, /$/, /.*?/, /^(?:.+)$/])('%s', (pattern) => {
    expect(matchesEverything(pattern.source)).toBe(true);
    expect(pattern.test('https://any.example')).toBe(true);
  });

  it.each([/orders/, /.*orders/, /^orders.*$/, /^orders|stock$/, /^[.]+$/, /^https:.*/, /^a\|.*$/, /^[|].*$/])('not %s', (pattern) => {
    expect(matchesEverything(pattern.source)).toBe(false);
    expect(pattern.test('https://any.example')).toBe(pattern.source.startsWith('^https'));
  });
});
