import type { LibraryDescriptor, OperationModel } from './descriptor.ts';

const decode = {
  kind: 'decode',
  arguments: { token: 0, options: 1 }, settings: {},
  options: { known: ['header'], unknown: 'ignored' },
  result: { delivers: 'claims', when: 'sync', failure: 'throws' },
} as const satisfies Omit<OperationModel, 'calls'>;

export const jwtDecode = {
  name: 'jwt-decode',
  modules: { 'jwt-decode': '' },
  measured: ['3.1.2', '4.0.0'],
  operations: [
    { ...decode, calls: [''], versions: '<4' },
    { ...decode, calls: ['jwtDecode'], versions: '>=4' },
  ],
  notes: [
    'Nothing is ever verified: neither signature nor expiry. On a server a decision on these claims can be forged by anybody.',
    'Up to version 3 the module itself is the function; from version 4 on it is the named export `jwtDecode`.',
  ],
} as const satisfies LibraryDescriptor;
