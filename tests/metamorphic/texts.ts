import { everywhere, type Fragment, importNamed, localModule, type Format, type Production } from './production.ts';

const text = (name: string, formats: readonly Format[], render: (literal: string, format: Format) => Fragment): Production<string> => ({ name, formats, render });

/** How a program can write one literal that matters: the input is source text of a string, number or boolean. */
export const texts: readonly Production<string>[] = [
  text('literal', everywhere, (l) => ({ expression: l })),
  text('constant', everywhere, (l) => ({ top: `const VALUE = ${l};`, expression: 'VALUE' })),
  text('constant of a constant', everywhere, (l) => ({ top: `const FIRST = ${l};\nconst SECOND = FIRST;`, expression: 'SECOND' })),
  text('template', everywhere, (l) => ({ expression: /^'/.test(l) ? `\`${l.slice(1, -1)}\`` : l })),
  text('template with a hole', everywhere, (l) => ({ top: /^'/.test(l) ? `const TAIL = '${l.slice(2, -1)}';` : '', expression: /^'/.test(l) ? `\`${l.slice(1, 2)}\${TAIL}\`` : l })),
  text('concatenation', everywhere, (l) => ({ expression: /^'/.test(l) ? `'${l.slice(1, 2)}' + '${l.slice(2, -1)}'` : l })),
  text('cast', ['ts'], (l) => ({ expression: `(${l} as any)` })),
  text('as const', ['ts'], (l) => ({ expression: `(${l} as const)` })),
  text('enum', ['ts'], (l) => ({ top: /^(?:true|false)$/.test(l) ? `const Choice = { Value: ${l} };` : `enum Choice { Value = ${l} }`, expression: 'Choice.Value' })),
  text('member of a constant object', everywhere, (l) => ({ top: `const VALUES = { inner: { value: ${l} } };`, expression: 'VALUES.inner.value' })),
  text('computed member', everywhere, (l) => ({ top: `const VALUES = { value: ${l} };\nconst NAME = 'value';`, expression: 'VALUES[NAME]' })),
  text('element of a list', everywhere, (l) => ({ top: `const VALUES = [${l}];`, expression: 'VALUES[0]' })),
  text('destructured list', everywhere, (l) => ({ top: `const [VALUE] = [${l}];`, expression: 'VALUE' })),
  text('static field', everywhere, (l) => ({ top: `class Values {\n  static value = ${l};\n}`, expression: 'Values.value' })),
  text('function that returns it', everywhere, (l) => ({ top: `function value() {\n  return ${l};\n}`, expression: 'value()' })),
  text('identity function', everywhere, (l) => ({ top: 'const same = (value) => value;', expression: `same(${l})` })),
  text('default of a destructuring', everywhere, (l) => ({ top: `const { VALUE = ${l} } = {};`, expression: 'VALUE' })),
  text('ternary of equals', everywhere, (l) => ({ top: 'const local = Boolean(process.env.LOCAL);', expression: `(local ? ${l} : ${l})` })),
  text('imported constant', everywhere, (l, f) => {
    const { files, specifier } = localModule('value', 'VALUE', l, f);
    return { top: importNamed('VALUE', specifier, f), expression: 'VALUE', files };
  }),
  text('let with one write', everywhere, (l) => ({ top: `let value;\nvalue = ${l};`, expression: 'value' })),
];
