import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { isFreeName } from '../loads.ts';
import type { Rewriting } from '../rewriting.ts';

/** Names that a file needs from jose and from `node:crypto`, each under one that is free in it. */
export class NeededNames {
  readonly #rewriting: Rewriting;
  #oldPayload = false;
  readonly #byModule = new Map<string, Map<string, string>>();

  constructor(rewriting: Rewriting) {
    this.#rewriting = rewriting;
  }

  /** What an export of jose is called in the file. */
  jose(name: string): string {
    return this.#local('jose', name);
  }

  /** What an export of `node:crypto` is called in the file. */
  crypto(name: string): string {
    return this.#imported(name) ?? this.#local('node:crypto', name);
  }

  /** The names of one module as they stand between the braces of an import or of a `require`. */
  list(module: string, isCommonJs: boolean): string {
    return [...(this.#byModule.get(module) ?? [])].map(([name, local]) => {
      const plain = isCommonJs ? name.replace(/^type /, '') : name;
      return plain.replace(/^type /, '') === local ? plain : `${plain}${isCommonJs ? ': ' : ' as '}${local}`;
    }).join(', ');
  }

  /** `JwtPayload` let everybody read any claim; jose's type does not. The file gets a type of that name which does. */
  useOldPayload(place: TSESTree.Node, rewriting: Rewriting): void {
    if (place.type !== AST_NODE_TYPES.Identifier) rewriting.replace(place.range, 'JwtPayload');
    this.jose('type JWTPayload');
    this.#oldPayload = true;
  }

  /** What else has to be declared behind the imports. */
  declarations(isCommonJs: boolean): readonly string[] {
    if (!this.#oldPayload || isCommonJs) return [];
    return [`type JwtPayload = ${this.#local('jose', 'type JWTPayload')} & Record<string, any>`];
  }

  #local(module: string, name: string): string {
    const names = this.#byModule.get(module) ?? new Map<string, string>();
    this.#byModule.set(module, names);
    const known = names.get(name);
    if (known !== undefined) return known;
    const bare = name.replace(/^type /, '');
    const other = `jose${bare.charAt(0).toUpperCase()}${bare.slice(1)}`;
    const local = isFreeName(bare, this.#rewriting.file) ? bare : other;
    names.set(name, local);
    return local;
  }

  /** The name under which the file has imported a function of the module already. */
  #imported(name: string): string | undefined {
    for (const statement of this.#rewriting.file.sourceCode.ast.body as readonly TSESTree.ProgramStatement[]) {
      if (statement.type !== AST_NODE_TYPES.ImportDeclaration || !/^(?:node:)?crypto$/.test(statement.source.value)) continue;
      const found = statement.specifiers.find((one) => one.type === AST_NODE_TYPES.ImportSpecifier && one.imported.type === AST_NODE_TYPES.Identifier && one.imported.name === name);
      if (found) return found.local.name;
    }
    return undefined;
  }
}
