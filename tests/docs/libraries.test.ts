import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { libraryDocs } from '../../scripts/generate-library-docs.ts';
import { libraries } from '../../src/libraries/index.ts';

const written = readFileSync(new URL('../../docs/libraries.md', import.meta.url), 'utf8');

describe('docs/libraries.md', () => {
  it('is what the descriptors say', () => {
    expect(written).toBe(libraryDocs());
  });
  it('has a section for each library, with every call and every setting', () => {
    for (const library of libraries) {
      const section = written.split(`\n## ${library.name}\n`)[1]?.split('\n## ')[0] ?? '';
      for (const { calls, settings, emptyKey, maySkip, withoutPasswords } of library.operations) {
        if (emptyKey) expect(section, library.name).toContain('A key of nothing works');
        for (const value of maySkip?.values ?? []) expect(section, library.name).toContain(`\`'${value}'\``);
        if (withoutPasswords) expect(section, library.name).toContain(JSON.stringify(withoutPasswords));
        for (const { at } of Object.values(settings).flat().filter(({ session }) => session)) expect(section, library.name).toMatch(new RegExp(`\`${at.replaceAll('.', '\\.')}\`[^|<]*of a session`));
        for (const path of calls) expect(section, library.name).toContain(path === '' ? 'the module itself' : path.trim());
        for (const { at } of Object.values(settings).flat()) expect(section, library.name).toContain(`\`${at}\``);
      }
      for (const note of library.notes) expect(section).toContain(`- ${note}`);
    }
  });
});
