import type { Place, SettingName } from '../libraries/descriptor.ts';
import type { JwtOperation } from './operation.ts';

/** Name of the option, claim or builder method in a place, as its author writes it: `audience`, `exp`, `setIssuer`. */
export function optionName({ at }: Place): string {
  return at.replace(/^\.(\w+)\(0\)$/, '$1').replace(/^.*\./, '');
}

/** How a claim of an issued token is set in the library at hand, for messages: `` `expiresIn` ``, `` `exp` in the payload``. */
export function claimOption({ model }: JwtOperation, setting: SettingName, claim: string): string {
  const place = model.settings[setting]?.find(({ readOnly }) => !readOnly);
  return place && !/^(?:payload\.|new\()/.test(place.at) ? `\`${optionName(place)}\`` : `\`${claim}\` in the payload`;
}
