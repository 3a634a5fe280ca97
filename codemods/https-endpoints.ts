import { requireHttps } from '../rules/require-https.ts';
import { codemod, remedyOf } from '../src/codemod.ts';

export const httpsEndpoints = codemod({
  name: 'https-endpoints',
  description: 'Changes http to https in the URLs of key sets, token endpoints and requests with tokens, for the hosts that the policy names.',
  repairs: [remedyOf(requireHttps, 'use-https')],
});

export default httpsEndpoints.transform;
