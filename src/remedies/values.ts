import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { JwtOperation, SetSetting } from '../analysis/operation.ts';
import type { Edit } from '../define-rule.ts';
import { narrowed } from './inferred-types.ts';

/** Writes another value for a setting, where its text may be edited from here. */
export function replaceValue(operation: JwtOperation, setting: SetSetting, text: string): readonly Edit[] | undefined {
  const { holder, node, file } = setting;
  if (!setting.owned || operation.wrapped || file !== operation.file) return undefined;
  if (holder.type === AST_NODE_TYPES.Property && holder.shorthand) {
    const name = file.sourceCode.getText(holder.key as never);
    return [{ file, range: holder.range, text: `${name}: ${text.startsWith('[') ? narrowed(text, holder, file) : text}` }];
  }
  return [{ file, range: node.range, text: text.startsWith('[') ? narrowed(text, node, file) : text }];
}
