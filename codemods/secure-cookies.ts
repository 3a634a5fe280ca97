import { requireSecureCookie } from '../rules/require-secure-cookie.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const secureCookies = codemod({
  name: 'secure-cookies',
  description: 'Sets `httpOnly`, `secure` and `sameSite` on cookies that hold a token.',
  repairs: [remedyOf(requireSecureCookie, 'secure-cookie')],
});

export default secureCookies.transform;
