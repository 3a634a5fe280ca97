import type { ESLint, Linter, Rule } from 'eslint';
import { rules } from '../rules/index.ts';
import type { PresetName } from './define-rule.ts';
import { eslintRule } from './eslint-rule.ts';
import { docsUrl, packageInfo } from './package-info.ts';
import { presetNames, rulesOfPreset } from './presets.ts';

export type { LibraryDescriptor } from './libraries/descriptor.ts';
export { libraries } from './libraries/index.ts';
export type { InHouseLibrary, Policy, PolicyValue, Settings } from './policy.ts';
export { librarySchema, policySchema, settingsSchema, type Schema } from './settings-schema.ts';

/** The plugin as ESLint sees it. */
export interface JwtGuardPlugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: 'jwt-guard' };
  readonly rules: Record<string, Rule.RuleModule>;
  /** Arrays of flat config: spread them into the configuration, or name them in `extends` of `defineConfig`. */
  readonly configs: Record<PresetName, Linter.Config[]>;
}

const { name, version } = packageInfo();

/** The plugin: `meta`, `rules`, and a flat config array per preset under `configs`. */
const plugin: JwtGuardPlugin = {
  meta: { name, version, namespace: 'jwt-guard' },
  rules: Object.fromEntries(rules.map((rule) => [rule.name, eslintRule(rule, docsUrl) as unknown as Rule.RuleModule])),
  configs: {} as Record<PresetName, Linter.Config[]>,
};

// Filled afterwards, because each config holds the plugin itself.
for (const preset of presetNames) {
  plugin.configs[preset] = [{
    name: `jwt-guard/${preset}`,
    plugins: { 'jwt-guard': plugin },
    rules: Object.fromEntries([...rulesOfPreset(rules, preset)].map(([rule, entry]) => [`jwt-guard/${rule}`, (typeof entry === 'string' ? entry : [...entry]) as Linter.RuleEntry])),
  }];
}

export default plugin;
// What `require` of this package gives, in the versions of Node that let a CommonJS configuration require it.
export { plugin as 'module.exports' };
