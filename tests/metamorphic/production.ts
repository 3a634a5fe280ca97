/** Module format of a generated program. */
export type Format = 'esm' | 'cjs' | 'ts';

/** Text that a production adds to a program. */
export interface Fragment {
  /** Statements at the top of the file. */
  readonly top?: string;
  /** Statements in front of the call, in the same block. */
  readonly before?: string;
  /** The expression that the production stands for. */
  readonly expression: string;
  /** Other files of the program, by relative path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Wraps the statement that holds the call. Default: nothing. */
  readonly around?: (statement: string) => string;
}

/** One way to write something. */
export interface Production<Input> {
  readonly name: string;
  readonly formats: readonly Format[];
  render(input: Input, format: Format): Fragment;
}

export const everywhere = ['esm', 'cjs', 'ts'] as const satisfies readonly Format[];

/** An import or a `require`, whichever the format has. */
export function importDefault(name: string, specifier: string, format: Format): string {
  return format === 'cjs' ? `const ${name} = require('${specifier}');` : `import ${name} from '${specifier}';`;
}

export function importNamed(names: string, specifier: string, format: Format): string {
  return format === 'cjs' ? `const { ${names.replace(/ as /g, ': ')} } = require('${specifier}');` : `import { ${names} } from '${specifier}';`;
}

/** A local module in the format of the program. */
export function localModule(name: string, exported: string, value: string, format: Format): { readonly files: Record<string, string>; readonly specifier: string } {
  const extension = format === 'ts' ? 'ts' : 'js';
  const text = format === 'cjs' ? `const ${exported} = ${value};\nmodule.exports = { ${exported} };\n` : `export const ${exported} = ${value};\n`;
  return { files: { [`${name}.${extension}`]: text }, specifier: format === 'ts' ? `./${name}` : `./${name}.js` };
}
