import { jwtDecode } from '../../../src/libraries/jwt-decode.ts';
import type { Adapter } from '../adapter.ts';
import { installedVersion, loader } from './installed.ts';

export const adapters: readonly Adapter[] = ['jwt-decode-3', 'jwt-decode-4'].map((alias) => ({
  descriptor: jwtDecode, version: installedVersion(alias), load: loader('jwt-decode', alias),
}));
