import type { LibraryDescriptor, Place } from './descriptor.ts';

const key = [{ at: 'key' }] as const satisfies readonly Place[];
const embedded = [{ at: 'options.allowEmbeddedKey' }] as const satisfies readonly Place[];
const everyAlgorithm = [{ means: 'by-key', exploitability: 'hardening' }] as const;

export const nodeJose = {
  name: 'node-jose',
  modules: { 'node-jose': '' },
  measured: ['2.2.0'],
  operations: [
    {
      // The call of `verify` may still name algorithms; what is missing is judged there.
      kind: 'verify', calls: ['JWS.createVerify'], signatureOnly: true,
      arguments: { key: 0, options: 1 },
      settings: { key, algorithms: [{ at: 'options.algorithms' }], embeddedKey: embedded },
      options: { known: ['algorithms', 'allowEmbeddedKey', 'handlers'], unknown: 'ignored' },
      result: { delivers: 'holder', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'verify', calls: ['JWS.createVerify()#verify'], signatureOnly: true,
      arguments: { token: 0, options: 1 },
      settings: {
        key: [{ at: 'new(0)' }],
        algorithms: [{ at: 'options.algorithms' }, { at: 'new(1).algorithms' }],
        embeddedKey: embedded,
      },
      absent: { algorithms: everyAlgorithm },
      options: { known: ['algorithms', 'allowEmbeddedKey', 'handlers'], unknown: 'ignored' },
      result: { delivers: 'bytes', at: 'payload', when: 'promise', failure: 'throws' },
    },
    {
      kind: 'sign', calls: ['JWS.createSign'],
      arguments: [{ options: 0, key: 1 }, { key: 0 }],
      settings: {
        key,
        algorithm: [{ at: 'options.fields.alg' }],
        keyId: [{ at: 'options.fields.kid' }],
        type: [{ at: 'options.fields.typ' }],
        header: [{ at: 'options.fields' }],
      },
      absent: {
        keyId: [{ means: 'defaulted', exploitability: 'hardening', note: 'The kid of the key is written into the header.' }],
        algorithm: [{ means: 'by-key', exploitability: 'hardening', note: 'The first algorithm that the key can do is used.' }],
      },
      options: { known: ['compact', 'format', 'fields', 'protect', 'alg', 'reference', 'zip'], unknown: 'ignored' },
      result: { delivers: 'holder', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'decrypt', calls: ['JWE.createDecrypt'],
      arguments: { key: 0, options: 1 },
      settings: { key, keyManagementAlgorithms: [{ at: 'options.algorithms' }] },
      options: { known: ['algorithms', 'handlers'], unknown: 'ignored' },
      result: { delivers: 'holder', when: 'sync', failure: 'throws' },
    },
    {
      kind: 'decrypt', calls: ['JWE.createDecrypt()#decrypt'],
      arguments: { token: 0, options: 1 },
      settings: { key: [{ at: 'new(0)' }], keyManagementAlgorithms: [{ at: 'options.algorithms' }, { at: 'new(1).algorithms' }] },
      absent: {
        keyManagementAlgorithms: [{ means: 'by-key', exploitability: 'exploitable', note: 'PBES2 is tried with as many iterations as the token asks for: a small token costs seconds of computing.' }],
        maxPBES2Count: [{ means: 'unchecked', exploitability: 'exploitable', note: 'A token may ask for 20 million iterations, which cost four seconds.' }],
      },
      withoutPasswords: ['*', '!PBES2-*'],
      options: { known: ['algorithms', 'handlers'], unknown: 'ignored' },
      result: { delivers: 'bytes', at: 'payload', when: 'promise', failure: 'throws' },
    },
    { kind: 'import-key', calls: ['JWK.asKey'], arguments: { key: 0 }, settings: { key } },
    { kind: 'key-set', calls: ['JWK.asKeyStore'], arguments: { keys: 0 }, settings: { key: [{ at: 'keys' }] } },
  ],
  notes: [
    'No claim is ever checked, neither the times nor audience nor issuer.',
    'The options of `JWS.createVerify` are written into defaults of the whole process: one verifier with `allowEmbeddedKey: true` makes every later one accept keys from the token, and `algorithms` leak likewise.',
    'Neither PBES2 iterations nor decompression are limited, and no option limits them; only a list of algorithms without PBES2 helps against the first.',
    'The package is no longer maintained.',
  ],
} as const satisfies LibraryDescriptor;
