import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { SourceFile } from './source-file.ts';

/** Prefixes by which build tools put an environment variable into the published script. */
const PUBLISHED = /^(?:NEXT_PUBLIC_|VITE_|REACT_APP_|EXPO_PUBLIC_|NUXT_PUBLIC_|NUXT_ENV_|GATSBY_|VUE_APP_|NG_APP_|PUBLIC_(?!(?:KEY|PEM|JWKS?|CERT)))/;
const PUBLIC_KEY = /PUB(?:LIC)?_?(?:KEY|PEM|JWKS?|CERT)/;

/** Whether an environment variable ends up in the script that browsers load; a public key may. */
export function isPublished(name: string | undefined): name is string {
  if (name === undefined) return false;
  const prefix = PUBLISHED.exec(name)?.[0];
  return prefix !== undefined && !PUBLIC_KEY.test(name.slice(prefix.length));
}

/** Modules of programs that are loaded into a browser; what Angular renders on a server too is in both. */
const ENTRY_MODULES = /^(?:react-dom(?:\/client)?|@angular\/(?:core|common\/http|router|platform-browser(?:-dynamic)?)|vue\/dist\/.*|svelte\/internal\/client|\$app\/navigation)$/;

/** `useRouter` and the like of `next/navigation`, whose `redirect` and `notFound` are for servers. */
function takesHooks({ source, specifiers }: TSESTree.ImportDeclaration): boolean {
  return source.value === 'next/navigation' && specifiers.some((one) => one.type === AST_NODE_TYPES.ImportSpecifier && one.imported.type === AST_NODE_TYPES.Identifier && one.imported.name.startsWith('use'));
}

/** Whether a file surely runs in a browser: it says so, or it mounts an application into the page. */
export function runsInBrowser(file: SourceFile): boolean {
  for (const statement of (file.sourceCode.ast as TSESTree.Program).body) {
    if (statement.type === AST_NODE_TYPES.ExpressionStatement && statement.directive === 'use client') return true;
    if (statement.type === AST_NODE_TYPES.ImportDeclaration && statement.importKind !== 'type' && (ENTRY_MODULES.test(statement.source.value) || takesHooks(statement))) return true;
  }
  return /\b(?:window\.(?:localStorage|sessionStorage|location)|localStorage\.(?:set|get)Item|document\.(?:getElementById|querySelector|cookie|addEventListener))\b/.test(file.sourceCode.text);
}
