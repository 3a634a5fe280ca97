import { looksAtUser, optionalRoutes } from '../src/analysis/optional-authentication.ts';
import type { JwtOperation, SetSetting } from '../src/analysis/operation.ts';
import { optionName } from '../src/analysis/option-names.ts';
import { causeOf, placeOf } from '../src/analysis/report-place.ts';
import { loosening, switchState } from '../src/analysis/switches.ts';
import { possibilities, type Value } from '../src/analysis/value.ts';
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
    for (const setting of operation.settingsAt('acceptExpired')) {
      if (possibilities(setting.value).some((one) => one.kind === 'function' && refusesNobody(one))) yield { ...described(operation, setting, setting.value), message: 'expired', exploitability: 'exploitable' };
    }
    if (looksAtUser(file)) return;
    for (const setting of operation.settingsAt('optionalAuthentication')) {
      if (switchState(setting.value, setting.place) === 'off' || isPublic(operation, options.publicRoutes)) continue;
      yield { ...described(operation, setting, loosening(setting.value, setting.place)), message: 'optional', exploitability: 'depends' };
    }
    for (const { node, mode } of optionalRoutes(operation, options.publicRoutes)) yield { message: 'mode', node, file, exploitability: 'depends', data: { mode } };
  },
});

function described(operation: JwtOperation, setting: SetSetting, value: Value) {
  const place = placeOf(operation, setting, value);
  return { ...place, data: { name: operation.name, option: optionName(setting.place), place: causeOf(place) } };
}

/** `app.use('/public', middleware)`. */
function isPublic({ node }: JwtOperation, routes: readonly string[]): boolean {
  const call = node.parent.type === 'CallExpression' ? node.parent.arguments[0] : undefined;
  return call?.type === 'Literal' && routes.some((route) => String(call.value).startsWith(route));
}
