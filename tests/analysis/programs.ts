import fc from 'fast-check';

/** Names that a generated program declares, each once, in this order. */
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;

/** A program whose variables may depend on `flag`, and whose last line assigns `result`. */
export interface GeneratedProgram {
  readonly code: string;
}

const literal = fc.oneof(
  fc.constantFrom("''", "'x'", "'none'", "'api'", '`t`', '0', '1', '60', '-1', 'true', 'false', 'null', 'undefined', 'flag', '!flag'),
);

/**
 * Expressions over the variables that are declared so far. A variable is read as a copy: an object that has two names is
 * out of the reader's sight, as `docs/limits.md` says.
 */
function expression(known: readonly string[], depth: number): fc.Arbitrary<string> {
  const leaf = known.length > 0 ? fc.oneof({ weight: 2, arbitrary: literal }, { weight: 3, arbitrary: fc.constantFrom(...known.map((name) => `structuredClone(${name})`)) }) : literal;
  if (depth === 0) return leaf;
  const inner = expression(known, depth - 1);
  const key = fc.constantFrom('p', 'q', 'r');
  const object = fc.array(fc.oneof(
    fc.tuple(key, inner).map(([name, value]) => `${name}: ${value}`),
    inner.map((value) => `...(${value})`),
    fc.tuple(key, inner).map(([name, value]) => `['${name}']: ${value}`),
  ), { maxLength: 3 }).map((entries) => `({ ${entries.join(', ')} })`);
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 3, arbitrary: object },
    { weight: 1, arbitrary: fc.array(inner, { maxLength: 3 }).map((elements) => `[${elements.join(', ')}]`) },
    { weight: 2, arbitrary: fc.tuple(inner, key).map(([value, name]) => `(${value})?.${name}`) },
    { weight: 1, arbitrary: fc.tuple(inner, key).map(([value, name]) => `(${value})?.['${name}']`) },
    { weight: 1, arbitrary: fc.tuple(inner, inner, inner).map(([test, yes, no]) => `(${test} ? ${yes} : ${no})`) },
    { weight: 1, arbitrary: fc.tuple(inner, fc.constantFrom('||', '&&', '??'), inner).map(([left, operator, right]) => `((${left}) ${operator} (${right}))`) },
    { weight: 1, arbitrary: fc.tuple(inner, inner).map(([left, right]) => `(String(${left}) + String(${right}))`) },
    { weight: 1, arbitrary: fc.tuple(inner, inner).map(([left, right]) => `\`\${typeof (${left})}-\${String(${right})}\``) },
    { weight: 1, arbitrary: inner.map((value) => `(() => ${value})()`) },
    { weight: 1, arbitrary: inner.map((value) => `((given = ${value}) => given)()`) },
    { weight: 1, arbitrary: fc.tuple(inner, inner).map(([value, other]) => `((given) => { if (flag) return ${value}; return given; })(${other})`) },
    { weight: 1, arbitrary: fc.tuple(object, object).map(([first, second]) => `Object.assign({}, ${first}, ${second})`) },
    { weight: 1, arbitrary: object.map((value) => `Object.freeze(${value})`) },
    { weight: 1, arbitrary: fc.tuple(key, inner, object).map(([name, fallback, value]) => `(({ ${name}: taken = ${fallback} }) => taken)(${value})`) },
    { weight: 1, arbitrary: fc.tuple(key, object).map(([name, value]) => `(({ ${name}, ...others }) => others)(${value})`) },
    { weight: 1, arbitrary: fc.tuple(inner, inner).map(([first, second]) => `[${first}].concat([${second}])`) },
    { weight: 1, arbitrary: inner.map((value) => `(new (class { field = ${value}; get() { return this.field; } })()).get()`) },
  );
}

/** Statements that change what has been declared. */
function change(known: readonly string[], depth: number): fc.Arbitrary<string> {
  if (known.length === 0) return fc.constant('');
  const name = fc.constantFrom(...known);
  const value = expression(known, depth);
  const key = fc.constantFrom('p', 'q', 'r');
  const plain = fc.oneof(
    fc.tuple(name, value).map(([target, text]) => `${target} = ${text};`),
    fc.tuple(name, key, value).map(([target, property, text]) => `if (${target} && typeof ${target} === 'object' && !Object.isFrozen(${target})) ${target}.${property} = ${text};`),
    fc.tuple(name, key).map(([target, property]) => `if (${target} && typeof ${target} === 'object' && !Object.isFrozen(${target})) delete ${target}.${property};`),
    fc.tuple(name, value).map(([target, text]) => `if (Array.isArray(${target})) ${target}.push(${text});`),
  );
  return fc.oneof(
    plain,
    plain.map((text) => `if (flag) { ${text} }`),
    plain.map((text) => `if (!flag) { ${text} } else { flag; }`),
    plain.map((text) => `(function () { ${text} })();`),
    plain.map((text) => `for (let round = 0; round < 2; round++) { ${text} }`),
    plain.map((text) => `try { ${text} } catch { flag; }`),
  );
}

/** Programs with up to eight variables, changes between them, and a result. */
export const generatedPrograms: fc.Arbitrary<GeneratedProgram> = fc.integer({ min: 1, max: NAMES.length }).chain((count) => {
  const parts: fc.Arbitrary<string>[] = [];
  for (let index = 0; index < count; index++) {
    const known = NAMES.slice(0, index);
    const name = NAMES[index] ?? 'z';
    parts.push(expression(known, 2).map((value) => `let ${name} = ${value};`));
    parts.push(fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: change([...known, name], 1) }));
  }
  return fc.tuple(fc.tuple(...parts), expression(NAMES.slice(0, count), 2)).map(([statements, result]) => ({ code: `${statements.filter((text) => text !== '').join('\n')}\nresult = ${result};\n` }));
});
