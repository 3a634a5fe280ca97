import { existsSync } from 'node:fs';
import { dirname, join, parse, relative } from 'node:path';
import { ESLint, type Linter } from 'eslint';
import type { AnyRule, Level, PresetName } from '../define-rule.ts';
import { rulesOfPreset } from '../presets.ts';
import { readSettings, type Settings } from '../policy.ts';
import { Failure, reasonOf } from './failure.ts';

const CONFIGURATION_FILES = ['eslint.config.js', 'eslint.config.mjs', 'eslint.config.cjs', 'eslint.config.ts', 'eslint.config.mts', 'eslint.config.cts'];

/** A rule that runs on a file. */
export interface ActiveRule {
  readonly rule: AnyRule;
  readonly level: Level;
  readonly options: Readonly<Record<string, unknown>> | undefined;
}

/** What holds for one file. */
export interface FileConfiguration {
  readonly settings: Settings;
  readonly rules: readonly ActiveRule[];
}

export interface ConfigurationChoice {
  readonly rules: readonly AnyRule[];
  /** Named on the command line: its levels hold instead of the project's. */
  readonly preset: PresetName | undefined;
  /** False: the project's ESLint configuration is not read. */
  readonly readProject: boolean;
  readonly cwd: string;
}

/**
 * Says what holds for each file: settings from the project's ESLint configuration where it has one, and from there the
 * levels of this plugin's rules too, unless a preset is named. Without either the preset `recommended` holds.
 */
export class ProjectConfiguration {
  private readonly choice: ConfigurationChoice;
  private readonly byConfigurationFile = new Map<string, ESLint>();
  private readonly byFolder = new Map<string, string | undefined>();

  constructor(choice: ConfigurationChoice) {
    this.choice = choice;
  }

  /** `undefined` for a file that the project's configuration ignores. Throws a Failure where the configuration cannot be used. */
  async of(file: string): Promise<FileConfiguration | undefined> {
    const configurationFile = this.choice.readProject ? this.configurationFileFor(dirname(file)) : undefined;
    if (configurationFile === undefined) return { settings: {}, rules: this.rulesOfPreset(this.choice.preset ?? 'recommended') };
    const name = relative(this.choice.cwd, configurationFile) || configurationFile;
    const config = await this.calculate(configurationFile, name, file);
    if (config === 'ignored') return undefined;
    const settings = usableSettings(config.settings ?? {}, name);
    if (this.choice.preset) return { settings, rules: this.rulesOfPreset(this.choice.preset) };
    const own = Object.entries(config.rules ?? {}).filter(([rule]) => rule.startsWith('jwt-guard/'));
    return { settings, rules: own.length > 0 ? this.activeRules(own) : this.rulesOfPreset('recommended') };
  }

  private configurationFileFor(folder: string): string | undefined {
    if (!this.byFolder.has(folder)) {
      const here = CONFIGURATION_FILES.map((name) => join(folder, name)).find((path) => existsSync(path));
      this.byFolder.set(folder, here ?? (dirname(folder) === folder ? undefined : this.configurationFileFor(dirname(folder))));
    }
    return this.byFolder.get(folder);
  }

  private async calculate(configurationFile: string, name: string, file: string): Promise<Linter.Config | 'ignored'> {
    const cwd = dirname(configurationFile);
    let eslint = this.byConfigurationFile.get(configurationFile);
    if (!eslint) {
      eslint = new ESLint({ cwd, overrideConfigFile: configurationFile });
      this.byConfigurationFile.set(configurationFile, eslint);
    }
    try {
      // ESLint gives nothing for an ignored file, and nothing for a TypeScript file that no `files` pattern takes in. What
      // holds for a script of the same name tells the two apart, and holds for the second.
      const script = join(dirname(file), `${parse(file).name}.js`);
      return ((await eslint.calculateConfigForFile(file)) ?? (await eslint.calculateConfigForFile(script)) ?? 'ignored') as Linter.Config | 'ignored';
    } catch (error) {
      throw new Failure(`The ESLint configuration ${name} cannot be used: ${reasonOf(error)}. Repair it, or pass --no-config to go on without it.`);
    }
  }

  private rulesOfPreset(preset: PresetName): ActiveRule[] {
    const held = rulesOfPreset(this.choice.rules, preset);
    return this.choice.rules.flatMap((rule) => {
      const entry = held.get(rule.name);
      if (entry === undefined) return [];
      const [level, options] = typeof entry === 'string' ? [entry, undefined] : entry;
      return [{ rule, level, options }];
    });
  }

  private activeRules(entries: readonly (readonly [string, unknown])[]): ActiveRule[] {
    const configured = new Map(entries.map(([name, entry]) => [name.slice('jwt-guard/'.length), Array.isArray(entry) ? (entry as unknown[]) : [entry]]));
    return this.choice.rules.flatMap((rule) => {
      const [severity, options] = configured.get(rule.name) ?? [];
      const level = severity === 2 || severity === 'error' ? 'error' : severity === 1 || severity === 'warn' ? 'warn' : undefined;
      return level ? [{ rule, level, options: options as ActiveRule['options'] }] : [];
    });
  }
}

/** The settings of an ESLint configuration, if the rules can use them. */
function usableSettings(settings: Readonly<Record<string, unknown>>, configurationFile: string): Settings {
  try {
    return readSettings(settings);
  } catch (error) {
    throw new Failure(`The ESLint configuration ${configurationFile} cannot be used: ${reasonOf(error)}.`, { cause: error });
  }
}
