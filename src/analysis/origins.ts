import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { isBuiltin } from 'node:module';
import { canonicalSpecifier } from './catalogue.ts';
import { moduleValue } from './exports.ts';
import { stepInto } from './members.ts';
import { resolveLocal } from './modules.ts';
import type { Reader } from './reader.ts';
import { configurationOfType } from './registered-configurations.ts';
import { primitive, type Provenance, unknownValue, type Value } from './value.ts';
import { variableOf } from './variables.ts';

/** What a module specifier stands for in an import, where an object of CommonJS or JSON is its own default export. */
export function importedModule(reader: Reader, specifier: string, at: Provenance): Value {
  return asImported(requiredModule(reader, specifier, at));
}

/** What a file of CommonJS exports as an import sees it. */
export function asImported(module: Value): Value {
  if (module.kind === 'union') return { ...module, members: module.members.map(asImported) };
  if (module.kind !== 'object' || module.entries.has('default')) return module;
  return { ...module, entries: new Map([...module.entries, ['default', { value: module, node: module.node, file: module.file, definite: true }]]) };
}

/** One name of an imported module; the default of CommonJS is the whole, whatever it is. */
export function importedMember(reader: Reader, module: Value, name: string, at: Provenance): Value {
  return name === 'default' && (module.kind === 'function' || module.kind === 'primitive') ? module : stepInto(reader, module, name, at, undefined);
}

/** What a module specifier stands for: a library's exports, one of the project's files, or another package's exports. */
export function requiredModule(reader: Reader, specifier: string, at: Provenance): Value {
  const library = reader.catalogue.module(specifier);
  if (library) return { kind: 'api', ...at, library: library.library.name, path: library.path };
  const builtin = specifier.replace(/^node:/, '');
  if (isBuiltin(specifier)) return { kind: 'api', ...at, library: '#node', path: builtin };
  if (reader.settings.followImports !== false) {
    const path = resolveLocal(specifier, at.file.filename);
    if (path !== undefined) {
      const target = reader.sourceFile(path);
      return target ? moduleValue(reader, target, at) : unknownValue(at, `the file behind «${specifier}» cannot be read`);
    }
  }
  if (/^[./~#]|^@\//.test(specifier)) return unknownValue(at, reader.settings.followImports === false ? 'imports are not followed here' : `the file behind «${specifier}» is not there`);
  return { kind: 'api', ...at, library: canonicalSpecifier(specifier), path: '' };
}

/** The value of an imported name, by its specifier node. Imports of types have no value. */
export function importedName(reader: Reader, specifier: TSESTree.Node, declaration: TSESTree.Node | undefined, at: Provenance): Value {
  if (specifier.type === AST_NODE_TYPES.TSImportEqualsDeclaration) return importEquals(reader, specifier, at);
  if (declaration?.type !== AST_NODE_TYPES.ImportDeclaration) return unknownValue(at, 'it is not imported');
  const module = importedModule(reader, declaration.source.value, at);
  switch (specifier.type) {
    case AST_NODE_TYPES.ImportNamespaceSpecifier: return module;
    case AST_NODE_TYPES.ImportDefaultSpecifier: return importedMember(reader, module, 'default', at);
    case AST_NODE_TYPES.ImportSpecifier: return importedMember(reader, module, specifier.imported.type === AST_NODE_TYPES.Identifier ? specifier.imported.name : specifier.imported.value, at);
    default: return unknownValue(at, 'this import is not read');
  }
}

function importEquals(reader: Reader, node: TSESTree.TSImportEqualsDeclaration, at: Provenance): Value {
  const reference = node.moduleReference;
  if (reference.type === AST_NODE_TYPES.TSExternalModuleReference) {
    return reference.expression.type === AST_NODE_TYPES.Literal ? requiredModule(reader, String(reference.expression.value), at) : unknownValue(at, 'the module is computed');
  }
  return entityValue(reader, reference, at);
}

function entityValue(reader: Reader, entity: TSESTree.EntityName, at: Provenance): Value {
  if (entity.type === AST_NODE_TYPES.Identifier) return reader.evaluate(entity, at.file);
  if (entity.type === AST_NODE_TYPES.TSQualifiedName) return stepInto(reader, entityValue(reader, entity.left, at), entity.right.name, at, undefined);
  return unknownValue(at, 'the name is not read');
}

/** Globals that stand for themselves; everything else global is unknown. */
const GLOBALS = new Set([
  'process', 'Buffer', 'Object', 'Array', 'String', 'Number', 'Boolean', 'Date', 'Math', 'JSON', 'Deno', 'Bun', 'TextEncoder', 'TextDecoder',
  'URL', 'URLSearchParams', 'Set', 'Map', 'RegExp', 'Promise', 'Uint8Array', 'crypto', 'globalThis', 'global', 'window', 'self', 'atob', 'btoa', 'parseInt', 'parseFloat', 'require', 'module', 'exports', 'env',
  'localStorage', 'sessionStorage', 'document', 'console', 'fetch', 'decodeURIComponent', 'Reflect', 'structuredClone',
]);

export function globalValue(_reader: Reader, name: string, at: Provenance): Value {
  if (name === 'undefined') return primitive(at, undefined);
  if (name === 'NaN') return primitive(at, Number.NaN);
  if (name === 'Infinity') return primitive(at, Number.POSITIVE_INFINITY);
  return GLOBALS.has(name) ? { kind: 'api', ...at, library: '#global', path: name } : unknownValue(at, `«${name}» is not declared in this file`);
}

/** An instance that a framework injects by type: `JwtService`, `FastifyRequest`. Unions and generics of it count too. */
export function injectedInstance(reader: Reader, annotation: TSESTree.TypeNode, at: Provenance): Value | undefined {
  if (annotation.type === AST_NODE_TYPES.TSUnionType) return annotation.types.map((type) => injectedInstance(reader, type, at)).find((value) => value !== undefined);
  if (annotation.type === AST_NODE_TYPES.TSTypeQuery) {
    return annotation.exprName.type === AST_NODE_TYPES.Identifier || annotation.exprName.type === AST_NODE_TYPES.TSQualifiedName ? traced(reader, entityValue(reader, annotation.exprName, at)) : undefined;
  }
  if (annotation.type !== AST_NODE_TYPES.TSTypeReference) return undefined;
  const type = typeValue(reader, annotation.typeName, at);
  if (type?.kind !== 'api') return undefined;
  const configuration = configurationOfType(reader, annotation, type, at, (name) => entityValue(reader, name, at));
  if (configuration) return configuration;
  const instance: Value = { ...type, ...at, path: `${type.path}#` };
  const decoration = reader.catalogue.decorations(type.library).find(({ decoration: { types } }) => types?.includes(type.path));
  if (decoration) return { kind: 'api', ...at, library: decoration.library.name, path: decoration.decoration.as };
  return reader.catalogue.library(type.library) ? (reader.catalogue.leadsTo(type.library, instance.path) ? instance : undefined) : instance;
}

/** What a written type names, through its import. */
export function namedType(reader: Reader, type: TSESTree.TypeNode, at: Provenance): Value | undefined {
  return type.type === AST_NODE_TYPES.TSTypeReference ? typeValue(reader, type.typeName, at) : undefined;
}

function traced(reader: Reader, value: Value): Value | undefined {
  return value.kind === 'api' && reader.catalogue.library(value.library) ? value : undefined;
}

/** A type name through its import, type-only imports included. */
function typeValue(reader: Reader, name: TSESTree.EntityName, at: Provenance): Value | undefined {
  if (name.type === AST_NODE_TYPES.TSQualifiedName) {
    const left = typeValue(reader, name.left, at);
    return left && stepInto(reader, left, name.right.name, at, undefined);
  }
  if (name.type !== AST_NODE_TYPES.Identifier) return undefined;
  const definition = variableOf(name, at.file)?.defs[0];
  if ((definition?.type as string | undefined) === 'ImportBinding') return importedName(reader, definition?.node as TSESTree.Node, definition?.parent as TSESTree.Node | undefined, at);
  return undefined;
}

