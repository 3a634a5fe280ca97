import type { ParserServices, ParserServicesWithTypeInformation, TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { AnyCall } from './call-nodes.ts';
import type { Catalogue } from './catalogue.ts';
import type { SourceFile } from './source-file.ts';
import type { ApiValue } from './value.ts';

type TypedServices = ParserServicesWithTypeInformation;
type Symbol = NonNullable<ReturnType<TypedServices['getSymbolAtLocation']>>;

/**
 * What a call runs by its type, where the linter was given type information and the text alone does not say it: an object
 * that a container hands out, a member whose type is inferred, a parameter typed by its context. A type is believed only
 * if its declaration stands in the library's own package or in its `@types` package.
 */
export function apiByType(catalogue: Catalogue, call: AnyCall, file: SourceFile): ApiValue | undefined {
  const services = file.sourceCode.parserServices as Partial<ParserServices> | undefined;
  if (!services?.program) return undefined;
  const typed = services as TypedServices;
  const callee = call.callee.type === AST_NODE_TYPES.TSNonNullExpression ? call.callee.expression : call.callee;
  if (callee.type === AST_NODE_TYPES.MemberExpression && !callee.computed && callee.property.type === AST_NODE_TYPES.Identifier) {
    const { name } = callee.property;
    const owner = catalogue.isOperationName(name) ? typed.getTypeAtLocation(callee.object) : undefined;
    return apiOf(catalogue, owner?.aliasSymbol ?? owner?.getSymbol(), (path) => `${path}#${name}`, call, file) ?? exported(catalogue, typed, callee.property, call, file);
  }
  return callee.type === AST_NODE_TYPES.Identifier ? exported(catalogue, typed, callee, call, file) : undefined;
}

/** A function that a library exports, through whatever variable it comes. */
function exported(catalogue: Catalogue, services: TypedServices, name: TSESTree.Identifier, call: AnyCall, file: SourceFile): ApiValue | undefined {
  const symbol = services.getTypeAtLocation(name).getSymbol();
  // A method has its class in between; its name alone would make any `verify` of the package the exported one.
  const isMember = (symbol?.declarations ?? []).some((declaration) => 'members' in declaration.parent);
  return isMember ? undefined : apiOf(catalogue, symbol, (path) => path, call, file);
}

function apiOf(catalogue: Catalogue, symbol: Symbol | undefined, pathOf: (name: string) => string, call: AnyCall, file: SourceFile): ApiValue | undefined {
  const specifier = packageOf(symbol?.declarations?.[0]?.getSourceFile().fileName);
  const found = specifier === undefined ? undefined : catalogue.module(specifier);
  if (!symbol || !found || found.path !== '') return undefined;
  const path = pathOf(symbol.getName());
  const prefix = call.type === AST_NODE_TYPES.NewExpression ? 'new ' : '';
  return catalogue.models(found.library.name, prefix + path).length > 0 ? { kind: 'api', node: call, file, library: found.library.name, path } : undefined;
}

/** Name of the package that a declaration file belongs to; `@types/scope__name` declares `@scope/name`. */
function packageOf(filename: string | undefined): string | undefined {
  const name = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(filename ?? '')?.[1]?.replace('\\', '/');
  return name?.startsWith('@types/') ? name.slice('@types/'.length).replace(/^(.+)__(.+)$/, '@$1/$2') : name;
}
