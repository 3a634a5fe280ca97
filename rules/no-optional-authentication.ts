import { looksAtUser, optionalRoutes } from '../src/analysis/optional-authentication.ts';
import type { JwtOperation, SetSetting } from '../src/analysis/operation.ts';
import { otherPlace } from '../src/analysis/other-place.ts';
import { loosening, switchState } from '../src/analysis/switches.ts';
import { possibilities } from '../src/analysis/value.ts';
import { refusesNobody } from '../src/analysis/optional-authentication.ts';
import { defineRule } from '../src/define-rule.ts';

/** A guard that lets everybody through guards nothing, unless somebody asks who came. */
export const noOptionalAuthentication = defineRule({
  name: 'no-optional-authentication',
  description: 'Disallow middleware that lets requests without a valid token through where nothing looks for the user afterwards.',
  messages: {
    optional: '`{{name}}` lets requests without a valid token through because of `{{option}}`{{place}}. Remove it, or refuse requests without a user.',
    expired: '`{{name}}` accepts expired tokens because `{{option}}`{{place}} refuses none of them. Throw the error it is given.',
    mode: 'This route lets requests without a valid token through because of its mode `{{mode}}`. Require authentication, or refuse requests without a user.',
  },
  options: {
    schema: { publicRoutes: { type: 'array', items: { type: 'string' }, description: 'Beginnings of paths that are meant to be open to everybody.' } },
    defaults: { publicRoutes: [] as readonly string[] },
  },
  references: ['RFC 6750 section 3', 'CWE-306', 'CWE-287'],
  presets: { recommended: 'warn', strict: 'error', service: 'error' },
  *check(operation, { file, options }) {
    if (operation.kind !== 'verify' || !operation.model.middleware || operation.file !== file) return;
    const { name } = operation;
    for (const setting of operation.settingsAt('acceptExpired')) {
      if (possibilities(setting.value).some((one) => one.kind === 'function' && refusesNobody(one))) yield { ...placed(setting, operation), message: 'expired', exploitability: 'exploitable', data: { name, option: optionOf(setting), place: otherPlace(setting.value, file) } };
    }
    if (looksAtUser(file)) return;
    for (const setting of operation.settingsAt('optionalAuthentication')) {
      if (switchState(setting.value, setting.place) === 'off' || isPublic(operation, options.publicRoutes)) continue;
      yield { ...placed(setting, operation), message: 'optional', exploitability: 'depends', data: { name, option: optionOf(setting), place: otherPlace(setting.value, file) } };
    }
    for (const { node, mode } of optionalRoutes(operation, options.publicRoutes)) yield { message: 'mode', node, file, exploitability: 'depends', data: { mode } };
  },
});

function placed(setting: SetSetting, operation: JwtOperation) {
  const { file } = operation;
  const value = loosening(setting.value, setting.place);
  const inside = value.file === file && !operation.wrapped;
  return { node: inside && value.kind === 'primitive' ? value.node : setting.file === file ? setting.node : operation.node, file, ...(setting.file !== file && { cause: setting }) };
}

function optionOf({ place }: SetSetting): string {
  return place.at.replace(/^.*\./, '');
}

/** `app.use('/public', middleware)`. */
function isPublic({ node }: JwtOperation, routes: readonly string[]): boolean {
  const call = node.parent.type === 'CallExpression' ? node.parent.arguments[0] : undefined;
  return call?.type === 'Literal' && typeof call.value === 'string' && routes.some((route) => String(call.value).startsWith(route));
}
