import semver from 'semver';
import { importOf } from '../src/analysis/imports.ts';
import { advisories, type Advisory } from '../src/advisories.ts';
import { defineRule } from '../src/define-rule.ts';

/** The code may be right and the library under it wrong. */
export const noVulnerableLibrary = defineRule({
  name: 'no-vulnerable-library',
  description: 'Disallow versions of a JWT library with a published flaw in how tokens are verified or decrypted.',
  messages: {
    vulnerable: '{{library}} {{version}} has a published flaw ({{id}}): {{effect}}. Update to {{fixed}} or later.',
    several: '{{library}} {{version}} has {{count}} published flaws ({{id}}), the gravest: {{effect}}. Update to {{fixed}} or later.',
  },
  references: ['RFC 8725 section 2.1', 'CWE-1395', 'CWE-347'],
  presets: { recommended: 'warn', strict: 'error', service: 'error' },
  *checkFile({ file, operations }) {
    // What a function of the project calls is reported where the function stands.
    for (const { library, version, node } of operations.filter(({ wrapped }) => !wrapped)) {
      if (version === undefined) continue;
      const found = affecting(library.name, version);
      const [gravest] = found;
      if (!gravest) continue;
      const common = { node: importOf(library, file) ?? node, file, exploitability: gravest.exploitability };
      const data = { library: library.name, version, id: found.map(({ id }) => id).join(', '), effect: gravest.effect, fixed: fixedVersion(found, version) };
      if (found.length > 1) yield { ...common, message: 'several', data: { ...data, count: found.length } };
      else yield { ...common, message: 'vulnerable', data };
    }
  },
});

/** Advisories that hold for every version that the file can mean, the gravest first; a range that reaches a fixed version proves nothing. */
function affecting(library: string, version: string): readonly Advisory[] {
  return advisories.filter((one) => one.library === library && semver.subset(version, one.affected));
}

/** The first version behind the one in use that none of the advisories names. */
function fixedVersion(found: readonly Advisory[], version: string): string {
  const candidates = found.flatMap(({ fixed }) => fixed).filter((fixed) => semver.gtr(fixed, version) && !found.some(({ affected }) => semver.satisfies(fixed, affected)));
  return semver.sort(candidates)[0] ?? '';
}
